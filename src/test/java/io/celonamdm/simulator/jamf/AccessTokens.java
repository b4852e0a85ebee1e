package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The issued access tokens and their expiry. */
final class AccessTokens {
    private static final String BEARER = "Bearer ";
    private final Map<String, Instant> expiry = new ConcurrentHashMap<>();

    String issue(Duration lifetime) {
        String token = "eyJhbGciOiJIUzI1NiJ9." + UUID.randomUUID();
        expiry.put(token, Instant.now().plus(lifetime));
        return token;
    }

    boolean permit(Request request) {
        String authorization = request.header("Authorization").orElse("");
        if (!authorization.startsWith(BEARER)) {
            return false;
        }
        Instant end = expiry.get(authorization.substring(BEARER.length()));
        return end != null && Instant.now().isBefore(end);
    }

    void expireAll() {
        expiry.clear();
    }
}
