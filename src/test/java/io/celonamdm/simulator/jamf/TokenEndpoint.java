package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.Locale;
import java.util.Optional;

/** Exchanges form-encoded client credentials for an access token; errors follow RFC 6749. */
final class TokenEndpoint {
    private final JamfSettings settings;
    private final AccessTokens tokens;

    TokenEndpoint(JamfSettings settings, AccessTokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    Answer versioned(Request request) {
        return settings.unversionedTokenOnly() ? ApiErrors.notFound("Not found") : token(request);
    }

    Answer token(Request request) {
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            return error(415, "invalid_request", "Content-Type must be application/x-www-form-urlencoded");
        }
        if (!request.problem().isEmpty() || request.form("grant_type").isEmpty()) {
            return error(400, "invalid_request", "OAuth 2.0 Parameter: grant_type");
        }
        if (!request.form("grant_type").equals(Optional.of("client_credentials"))) {
            return error(400, "unsupported_grant_type", "OAuth 2.0 Parameter: grant_type");
        }
        if (!knownClient(request)) {
            return error(400, "invalid_client", "Client authentication failed: client_secret");
        }
        return Answer.json(
                200,
                Json.object(
                        "access_token",
                        tokens.issue(settings.tokenLifetime()),
                        "token_type",
                        "Bearer",
                        "scope",
                        "api-role:1",
                        "expires_in",
                        settings.tokenLifetime().toSeconds()));
    }

    private boolean knownClient(Request request) {
        return request.form("client_id").equals(Optional.of(settings.clientId()))
                && request.form("client_secret").equals(Optional.of(settings.clientSecret()));
    }

    private static Answer error(int status, String error, String description) {
        String uri = "https://datatracker.ietf.org/doc/html/rfc6749#section-5.2";
        return Answer.json(status, Json.object("error", error, "error_description", description, "error_uri", uri));
    }
}
