package io.celonamdm.settings;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses addresses that would send a secret in the clear, or to which no path can be appended. */
public class WebAddressValidator implements ConstraintValidator<WebAddress, URI> {
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
