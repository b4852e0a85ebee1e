package io.celonamdm.settings;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A Quartz cron expression. */
@Constraint(validatedBy = ScheduleValidator.class)
@Retention(RetentionPolicy.RUNTIME)
@interface Schedule {
    /** The text of the violation. */
    String message() default "must be a Quartz cron expression (second minute hour day-of-month month day-of-week)";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};
}
