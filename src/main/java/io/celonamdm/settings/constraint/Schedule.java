package io.celonamdm.settings.constraint;

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
public @interface Schedule {
    /** The text of the violation. */
    String message() default "must be a Quartz cron expression (second minute hour day-of-month month day-of-week)";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};

    /** Accepts what Quartz accepts; {@code @NotBlank} reports a missing schedule. */
    final class Validator implements ConstraintValidator<Schedule, String> {
        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || value.isBlank() || CronExpression.isValidExpression(value);
        }
    }
}
