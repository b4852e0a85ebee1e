package io.celonamdm.simulator.apple;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An API account, its token endpoint, and the tokens that it was given. */
public final class ApiAccount {
    /** The client id. */
    public static final String CLIENT_ID = "BUSINESSAPI.9703f56c-10ce-4876-8f59-e78e5e23a152";

    /** The id of the key. */
    public static final String KEY_ID = "d136aa66-0c3b-4bd4-9892-c20e8db024ab";

    /** Whom an assertion is for, which is not where it is sent. */
    private static final String AUDIENCE = "https://account.apple.com/auth/oauth2/v2/token";

    private static final Duration LIFE = Duration.ofHours(1);

    private final KeyPair pair = pair();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

    /** The private key as the portal downloads it. */
    public String pem() {
        return pem("PRIVATE KEY");
    }

    /** The same with another label, which some downloads have. */
    public String pem(String label) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label);
    }

    /** Makes all tokens invalid at once. */
    public void expireTokens() {
        tokens.clear();
    }

    Answer token(Request request) {
        if (!request.form("grant_type").equals(Optional.of("client_credentials"))) {
            return error("unsupported_grant_type");
        }
        if (!request.form("scope").equals(Optional.of("business.api"))) {
            return error("invalid_scope");
        }
        boolean bearer = request.form("client_assertion_type")
                .equals(Optional.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        String assertion = request.form("client_assertion").orElse("");
        if (!bearer || !request.form("client_id").equals(Optional.of(CLIENT_ID)) || !isSigned(assertion)) {
            return error("invalid_client");
        }
        String token = "apple-" + UUID.randomUUID();
        tokens.put(token, Instant.now().plus(LIFE));
        return Answer.json(
                200,
                Json.object(
                        "access_token",
                        token,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        LIFE.toSeconds(),
                        "scope",
                        "business.api"));
    }

    boolean permits(Request request) {
        Instant end = tokens.get(request.header("Authorization").orElse("").replaceFirst("^Bearer ", ""));
        return end != null && Instant.now().isBefore(end);
    }

    private boolean isSigned(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        JsonNode header = Json.read(decoded(parts[0]));
        JsonNode claims = Json.read(decoded(parts[1]));
        long now = Instant.now().getEpochSecond();
        return header.path("alg").asText().equals("ES256")
                && header.path("kid").asText().equals(KEY_ID)
                && claims.path("aud").asText().equals(AUDIENCE)
                && claims.path("iss").asText().equals(CLIENT_ID)
                && claims.path("sub").asText().equals(CLIENT_ID)
                && claims.path("iat").asLong() <= now
                && claims.path("exp").asLong() > now
                && claims.path("exp").asLong() - now <= Duration.ofDays(180).toSeconds()
                && used.add(claims.path("jti").asText())
                && verifies(parts[0] + "." + parts[1], Base64.getUrlDecoder().decode(parts[2]));
    }

    private boolean verifies(String text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(pair.getPublic());
            check.update(text.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static Answer error(String code) {
        return Answer.json(400, Json.object("error", code));
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
