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

/** An absolute {@code https} address without query or trailing slash; {@code http} only for this machine. */
@Constraint(validatedBy = WebAddress.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface WebAddress {
    /** The text of the violation. */
    String message() default
            "must be an https address such as https://host.example, without query or trailing slash; http only to a loopback address";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};

    /** Refuses addresses that would send a secret unencrypted, or that cannot have a path appended. */
    final class Validator implements ConstraintValidator<WebAddress, URI> {
        private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

        @Override
        public boolean isValid(@Nullable URI value, ConstraintValidatorContext context) {
            if (value == null) {
                return true;
            }
            String host = value.getHost();
            boolean safe = "https".equals(value.getScheme())
                    || ("http".equals(value.getScheme()) && host != null && LOOPBACK.contains(host));
            return safe
                    && host != null
                    && value.getQuery() == null
                    && value.getFragment() == null
                    && value.getUserInfo() == null
                    && !value.getPath().endsWith("/");
        }
    }
}
