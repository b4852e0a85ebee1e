package io.celonamdm.ledger.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a transaction that is retried while the ledger is unavailable, because what it writes is known nowhere else. It
 * must be safe to repeat after a commit that succeeded but was reported as failed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OutlastsOutages {}
