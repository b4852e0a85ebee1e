package io.celonamdm.ledger.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A transaction that is tried again while the ledger is of no use, because what it writes down is known nowhere else. It
 * must be one that may be repeated even if a commit that was reported as failed has happened.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OutlastsOutages {}
