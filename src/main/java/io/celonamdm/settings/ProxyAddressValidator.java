package io.celonamdm.settings;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses a proxy whose port would have to be guessed, or whose user would be ignored. */
public class ProxyAddressValidator implements ConstraintValidator<ProxyAddress, URI> {
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
