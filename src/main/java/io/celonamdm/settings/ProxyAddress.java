package io.celonamdm.settings;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The address of a proxy: scheme, host and port, and nothing else. */
@Constraint(validatedBy = ProxyAddressValidator.class)
@Retention(RetentionPolicy.RUNTIME)
@interface ProxyAddress {
    /** The text of the violation. */
    String message() default "must be http://host:port or https://host:port, without user and path";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};
}
