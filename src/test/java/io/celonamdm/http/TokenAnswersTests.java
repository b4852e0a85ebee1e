package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.esim.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswersTests {
    private static final String TOKEN = "opaque token of words";

    private final TokenAnswers answers = new TokenAnswers();
    private final Failures failures = new Failures(Clock.systemUTC(), List.of());

    @Test
    void aGoodOneIsRead() throws IOException {
        assertThat(read("{\"access_token\":\"x\",\"expires_in\":60}", StandardCharsets.UTF_8))
                .isEqualTo(Map.of("access_token", "x", "expires_in", 60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ")]}',\n{\"access_token\":\"%s\"}",
                "access_token=%s&token_type=Bearer",
                "{\"access_token\": %s}",
                "{\"access_token\":\"%s\"",
                "{\"data\":{\"t\":\"%s\"}}",
                "[\"%s\"]",
                "<t>%s</t>",
                "%s",
                ""
            })
    void anotherIsNeverQuoted(String wrapping) {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16}) {
            assertThatThrownBy(() -> read(wrapping.formatted(TOKEN), charset))
                    .isInstanceOfSatisfying(NotJson.class, failure -> {
                        assertThat(failure.getMessage()).doesNotContain("opaque", "words", "access_token\"");
                        assertThat(failure).hasNoCause();
                        assertThat(failures.of(failure).code()).isEqualTo(ReasonCode.UNREADABLE_ANSWER);
                    });
        }
    }

    @Test
    void aByteOrderMarkBeforeItIsNoObstacle() {
        assertThatNoException()
                .isThrownBy(() -> read("\uFEFF{\"access_token\":\"%s\"}".formatted(TOKEN), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 429, 500, 503})
    void aRefusalIsNeverQuotedEither(int status) {
        String body =
                "{\"error\":\"odd_code\",\"error_description\":\"" + TOKEN + "\",\"access_token\":\"" + TOKEN + "\"}";

        HttpOperationFailedException refusal = TokenAnswers.unquoted(refusal(status, body));

        assertThat(refusal.getStatusCode()).isEqualTo(status);
        assertThat(refusal.getResponseBody()).doesNotContain("opaque", "odd_code");
        assertThat(failures.of(refusal).reason()).contains("status " + status).doesNotContain("opaque");
    }

    @Test
    void knownCodesAreTold() {
        String body = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid secret for " + TOKEN
                + "\"}";

        HttpOperationFailedException refusal = TokenAnswers.unquoted(refusal(400, body));

        assertThat(refusal.getStatusCode()).isEqualTo(401);
        assertThat(refusal.getResponseBody()).isEqualTo("invalid_client AADSTS7000215");
    }

    private static HttpOperationFailedException refusal(int status, String body) {
        return new HttpOperationFailedException("https://jamf.example/api", status, "", null, Map.of(), body);
    }

    private Map<?, ?> read(String text, Charset charset) throws IOException {
        return answers.read(new ByteArrayInputStream(text.getBytes(charset)), "application/json");
    }
}
