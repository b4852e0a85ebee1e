package io.celonamdm.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** A Quartz cron expression. */
@Constraint(validatedBy = Schedule.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@interface Schedule {
    /** The text of the violation. */
    String message() default "must be a Quartz cron expression (second minute hour day-of-month month day-of-week)";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};

    /** Accepts what Quartz accepts; absence is for {@code @NotBlank} to report. */
    final class Validator implements ConstraintValidator<Schedule, String> {
        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || value.isBlank() || CronExpression.isValidExpression(value);
        }
    }
}
