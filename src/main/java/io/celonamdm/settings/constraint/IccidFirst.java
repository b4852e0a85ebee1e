package io.celonamdm.settings.constraint;

import io.celonamdm.celona.Column;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns that start with the ICCID: Celona reads the CSV by position. */
@Constraint(validatedBy = IccidFirst.Validator.class)
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
public @interface IccidFirst {
    /** The text of the violation. */
    String message() default "must start with iccid";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};

    /** Checks the first column; {@code @NotEmpty} reports missing columns. */
    final class Validator implements ConstraintValidator<IccidFirst, List<Column>> {
        @Override
        public boolean isValid(@Nullable List<Column> value, ConstraintValidatorContext context) {
            return value == null || value.isEmpty() || value.get(0) == Column.ICCID;
        }
    }
}
