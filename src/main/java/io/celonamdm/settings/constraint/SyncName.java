package io.celonamdm.settings.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A sync's name is part of addresses, metric labels and trigger names, so it is kept to what all of them take. */
@Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.TYPE_USE, ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface SyncName {
    /** The text of the violation. */
    String message() default "a sync's name must have 1 to 40 characters: a-z, 0-9 and, inside, -";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};
}
