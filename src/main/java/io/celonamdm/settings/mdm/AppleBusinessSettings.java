package io.celonamdm.settings.mdm;

import io.celonamdm.settings.constraint.WebAddress;
import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.hibernate.validator.constraints.Range;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An API account of Apple Business Manager, for the platform {@code apple-business} and for
 * {@code mdm.enrich.apple-business}.
 *
 * @param clientId the API account's client id, such as {@code BUSINESSAPI.9703f56c-…}
 * @param teamId the issuer of client assertions; empty is the client id
 * @param keyId the id of the API account's key
 * @param privateKeyFile file with the key that Apple Business Manager downloaded, PEM
 * @param privateKey the same key as text, in place of the file
 * @param server name or id of the device management service whose devices the platform {@code apple-business} prepares
 * @param productFamilies which devices that platform pulls, in Apple's words
 * @param pageSize how many devices are asked for at once
 * @param baseUrl the address of the API; other for Apple School Manager
 * @param tokenUrl where access tokens are issued
 * @param audience whom client assertions are for
 * @param scope the scope of access tokens; {@code school.api} for Apple School Manager
 */
public record AppleBusinessSettings(
        @DefaultValue("") @NotNull String clientId,
        @DefaultValue("") @NotNull String teamId,
        @DefaultValue("") @NotNull String keyId,
        @DefaultValue("") @NotNull String privateKeyFile,
        @DefaultValue("") @NotNull @Secret String privateKey,
        @DefaultValue("") @NotNull String server,

        @DefaultValue({"iPhone", "iPad"}) @NotEmpty(message = "names no family; leave the key out for iPhone and iPad")
        List<@NotBlank String> productFamilies,

        @DefaultValue("1000") @Range(min = 1, max = 1000) int pageSize,

        @DefaultValue("https://api-business.apple.com") @NotNull @WebAddress
        URI baseUrl,

        @DefaultValue("https://account.apple.com/auth/oauth2/token") @NotNull @WebAddress
        URI tokenUrl,

        @DefaultValue("https://account.apple.com/auth/oauth2/v2/token") @NotBlank
        String audience,

        @DefaultValue("business.api") @NotBlank String scope) {

    /** Who issues the client assertions. */
    public String issuer() {
        return teamId.isBlank() ? clientId : teamId;
    }

    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
