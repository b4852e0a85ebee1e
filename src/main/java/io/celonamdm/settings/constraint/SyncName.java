package io.celonamdm.settings.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A sync's name. It is part of addresses, metric labels and trigger names, so it has only what all of them allow. */
@Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.TYPE_USE, ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface SyncName {
    /** The text of the violation. */
    String message() default "a sync's name must have 1 to 40 characters: a-z, 0-9 and, inside, -";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};
}
