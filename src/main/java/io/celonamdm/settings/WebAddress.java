package io.celonamdm.settings;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** An absolute {@code https} address without query or trailing slash; plain {@code http} only to this machine. */
@Constraint(validatedBy = WebAddressValidator.class)
@Retention(RetentionPolicy.RUNTIME)
@interface WebAddress {
    /** The text of the violation. */
    String message() default
            "must be an https address such as https://host.example, without query or trailing slash; http only to a loopback address";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};
}
