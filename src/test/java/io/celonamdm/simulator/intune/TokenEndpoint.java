package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Entra's token endpoint for client credentials, and the tokens it issued. */
final class TokenEndpoint {
    private static final long SECONDS = 3599;

    private final IntuneSettings settings;
    private final Map<String, Instant> expiry = new ConcurrentHashMap<>();

    TokenEndpoint(IntuneSettings settings) {
        this.settings = settings;
    }

    Answer token(Request request) {
        if (!request.path().startsWith("/" + settings.tenantId() + "/")) {
            return error(400, "invalid_request", "AADSTS90002: Tenant not found.");
        }
        if (!request.form("grant_type").equals(Optional.of("client_credentials"))) {
            return error(400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
        }
        if (!request.form("scope").orElse("").endsWith("/.default")) {
            return error(400, "invalid_scope", "AADSTS70011: The provided value for scope is not valid.");
        }
        if (!request.form("client_id").equals(Optional.of(settings.clientId())) || !knowsCredential(request)) {
            return error(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        }
        String token = "eyJ0eXAiOiJKV1QifQ." + UUID.randomUUID();
        expiry.put(token, Instant.now().plusSeconds(SECONDS));
        return Answer.json(
                200,
                Json.object(
                        "token_type",
                        "Bearer",
                        "expires_in",
                        SECONDS,
                        "ext_expires_in",
                        SECONDS,
                        "access_token",
                        token));
    }

    boolean permit(Request request) {
        Instant end = expiry.get(request.header("Authorization").orElse("").replaceFirst("^Bearer ", ""));
        return end != null && Instant.now().isBefore(end);
    }

    void expireAll() {
        expiry.clear();
    }

    private boolean knowsCredential(Request request) {
        Optional<String> assertion = request.form("client_assertion");
        if (assertion.isEmpty()) {
            return request.form("client_secret").equals(Optional.of(settings.clientSecret()));
        }
        boolean bearer = request.form("client_assertion_type")
                .equals(Optional.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        return bearer && (assertion.get().equals(settings.federatedToken()) || isSigned(assertion.get(), request));
    }

    private boolean isSigned(String jwt, Request request) {
        String[] parts = jwt.split("\\.", -1);
        if (settings.certificate().isEmpty() || parts.length != 3) {
            return false;
        }
        X509Certificate certificate = settings.certificate().get();
        JsonNode header = Json.read(decoded(parts[0]));
        JsonNode claims = Json.read(decoded(parts[1]));
        long now = Instant.now().getEpochSecond();
        return header.path("alg").asText().equals("PS256")
                && header.path("x5t#S256").asText().equals(thumbprint(certificate))
                && claims.path("aud").asText().endsWith(request.path())
                && claims.path("iss").asText().equals(settings.clientId())
                && claims.path("sub").asText().equals(settings.clientId())
                && claims.path("exp").asLong() > now
                && claims.path("nbf").asLong() <= now
                && verifies(
                        certificate,
                        parts[0] + "." + parts[1],
                        Base64.getUrlDecoder().decode(parts[2]));
    }

    private static boolean verifies(X509Certificate certificate, String text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("RSASSA-PSS");
            check.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            check.initVerify(certificate.getPublicKey());
            check.update(text.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static Answer error(int status, String error, String description) {
        return Answer.json(
                status,
                Json.object(
                        "error", error, "error_description", description, "trace_id", "0000aa50-0000-0000-0000-0000"));
    }
}
