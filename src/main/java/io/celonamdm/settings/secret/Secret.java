package io.celonamdm.settings.secret;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a setting whose value never appears in a report, log or endpoint. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Secret {}
