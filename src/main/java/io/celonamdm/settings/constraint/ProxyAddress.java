package io.celonamdm.settings.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A proxy's address: only scheme, host and port. */
@Constraint(validatedBy = ProxyAddress.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface ProxyAddress {
    /** The text of the violation. */
    String message() default "must be http://host:port or https://host:port, without user and path";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};

    /** Refuses a proxy without a port, which would be a guess, or with a user, which would be ignored. */
    final class Validator implements ConstraintValidator<ProxyAddress, URI> {
        private static final int LAST_PORT = 65_535;
        private static final Set<String> SCHEMES = Set.of("http", "https");

        @Override
        public boolean isValid(@Nullable URI value, ConstraintValidatorContext context) {
            return value == null
                    || (value.getScheme() != null
                            && SCHEMES.contains(value.getScheme())
                            && value.getHost() != null
                            && value.getPort() > 0
                            && value.getPort() <= LAST_PORT
                            && value.getUserInfo() == null
                            && value.getPath().isEmpty()
                            && value.getQuery() == null
                            && value.getFragment() == null);
        }
    }
}
