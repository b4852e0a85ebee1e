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

/** An absolute {@code http} or {@code https} address that paths can be appended to. */
@Constraint(validatedBy = PageAddress.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface PageAddress {
    /** The text of the violation. */
    String message() default "must be an address such as https://esim.example.com, without user, query or fragment";

    /** Validation groups; not used. */
    Class<?>[] groups() default {};

    /** Validation payload; not used. */
    Class<? extends Payload>[] payload() default {};

    /** Refuses addresses that no browser opens, that hold credentials, or that cannot have a path appended. */
    final class Validator implements ConstraintValidator<PageAddress, URI> {
        private static final Set<String> SCHEMES = Set.of("http", "https");

        @Override
        public boolean isValid(@Nullable URI value, ConstraintValidatorContext context) {
            return value == null
                    || (SCHEMES.contains(value.getScheme())
                            && value.getHost() != null
                            && value.getPort() <= 65_535
                            && value.getRawUserInfo() == null
                            && value.getRawQuery() == null
                            && value.getRawFragment() == null);
        }
    }
}
