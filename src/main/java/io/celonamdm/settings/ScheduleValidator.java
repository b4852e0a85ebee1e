package io.celonamdm.settings;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** Accepts what Quartz accepts; absence is for {@code @NotBlank} to report. */
public class ScheduleValidator implements ConstraintValidator<Schedule, String> {
    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
        return value == null || value.isBlank() || CronExpression.isValidExpression(value);
    }
}
