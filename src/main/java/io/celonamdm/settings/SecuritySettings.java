package io.celonamdm.settings;

import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the endpoints. Beside these users, tokens of an OpenID Connect issuer are accepted if
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} is set.
 *
 * @param users who signs in by HTTP Basic, by name
 * @param rolesClaim the claim of a token that lists {@code VIEWER}, {@code OPERATOR} or {@code CALLER}
 */
public record SecuritySettings(
        @DefaultValue Map<String, @Valid @NotNull UserSettings> users,
        @DefaultValue("roles") @NotBlank String rolesClaim) {

    /**
     * A user.
     *
     * @param password the bcrypt hash of the password, such as {@code $2y$10$…}, with or without {@code {bcrypt}} before it
     * @param role what the user may do
     */
    public record UserSettings(
            @Secret
            @NotBlank(message = "missing: the bcrypt hash of the user's password")
            @Pattern(
                    regexp = "(\\{bcrypt\\})?\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}|",
                    message =
                            "must be a bcrypt hash such as $2y$10$…, as htpasswd -nbB makes it; never the password itself")
            String password,

            @DefaultValue("VIEWER") @NotNull Role role) {
        @Override
        public String toString() {
            return Secrets.describe(this);
        }
    }

    /** What a user may do. */
    public enum Role {
        /** See everything. */
        VIEWER,
        /** See everything, and change it. */
        OPERATOR,
        /** Have syncs look for new devices at once, as a webhook of the MDM does; see nothing, and change nothing. */
        CALLER
    }
}
