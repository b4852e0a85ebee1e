package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever lifetime a token is given with, the call that needed it is made. */
class AccessTokensTests {
    private static final Client CLIENT = new Client("https://tenant.example/token", "client");

    private final AccessTokens tokens =
            new AccessTokens(Clock.fixed(Instant.parse("2026-12-01T02:00:00Z"), ZoneOffset.UTC));
    private final AtomicInteger issued = new AtomicInteger();

    private String authorization(String expiresIn) {
        return tokens.authorization(CLIENT, () -> (Map<?, ?>)
                Json.parse("{\"access_token\":\"token-%d\"%s}".formatted(issued.incrementAndGet(), expiresIn))
                        .orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3600 | 1",
                "1 | 1",
                "0.9 | 2",
                "0 | 2",
                "-1 | 2",
                "-9223372036854775808 | 2",
                "9223372036854775807 | 1",
                "99999999999999999999999999 | 1",
                "1e300 | 1",
                "Infinity | 1",
                "NaN | 2",
                "\"3600\" | 1",
                "\"soon\" | 1",
                "null | 1",
                "[] | 1",
                "{} | 1"
            })
    void anyLifetime(String expiresIn, int requests) {
        String first = authorization(",\"expires_in\":" + expiresIn);
        String second = authorization(",\"expires_in\":" + expiresIn);

        assertThat(first).isEqualTo("Bearer token-1");
        assertThat(second).isEqualTo("Bearer token-" + requests);
    }

    @Test
    void noLifetime() {
        assertThatCode(() -> authorization("")).doesNotThrowAnyException();
        assertThat(authorization("")).isEqualTo("Bearer token-1");
    }
}
