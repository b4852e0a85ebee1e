package io.celonamdm.settings.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A count: at least one, at most {@link #max()}. */
@Min(1)
@Max(Integer.MAX_VALUE)
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
public @interface Count {
    /** The largest allowed number. */
    @OverridesAttribute(constraint = Max.class, name = "value")
    long max();

    /** The text of the violation; the composing constraints bring their own. */
    String message() default "";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};
}
