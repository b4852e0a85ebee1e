package io.celonamdm.settings;

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

/** Columns of which the first is the ICCID: Celona reads the CSV by position. */
@Constraint(validatedBy = IccidFirst.Validator.class)
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@interface IccidFirst {
    /** The text of the violation. */
    String message() default "must start with iccid";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};

    /** Looks at the first column; absence is for {@code @NotEmpty} to report. */
    final class Validator implements ConstraintValidator<IccidFirst, List<Column>> {
        @Override
        public boolean isValid(@Nullable List<Column> value, ConstraintValidatorContext context) {
            return value == null || value.isEmpty() || value.get(0) == Column.ICCID;
        }
    }
}
