package io.celonamdm.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The address of a proxy: scheme, host and port, and nothing else. */
@Constraint(validatedBy = ProxyAddress.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@interface ProxyAddress {
    /** The text of the violation. */
    String message() default "must be http://host:port or https://host:port, without user and path";

    /** Validation groups; none are used. */
    Class<?>[] groups() default {};

    /** Validation payload; none is used. */
    Class<? extends Payload>[] payload() default {};

    /** Refuses a proxy whose port would have to be guessed, or whose user would be ignored. */
    final class Validator implements ConstraintValidator<ProxyAddress, URI> {
        private static final Set<String> SCHEMES = Set.of("http", "https");

        @Override
        public boolean isValid(@Nullable URI value, ConstraintValidatorContext context) {
            return value == null
                    || (value.getScheme() != null
                            && SCHEMES.contains(value.getScheme())
                            && value.getHost() != null
                            && value.getPort() > 0
                            && value.getUserInfo() == null
                            && value.getPath().isEmpty()
                            && value.getQuery() == null
                            && value.getFragment() == null);
        }
    }
}
