package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

/** Whatever stands in a header or a body, reading it fails as documented or not at all. */
class RetryAfterFuzzTests {
    private static final Instant NOW = Instant.parse("2026-11-24T17:00:00Z");

    @Property
    void anyTextIsATimeNotBeforeNowOrNone(@ForAll String text) {
        assertThat(RetryAfter.of(Map.of("Retry-After", text), NOW).orElse(NOW)).isAfterOrEqualTo(NOW);
    }

    @Property
    void anyDigitsAreATimeNotBeforeNowOrNone(@ForAll @NumericChars @StringLength(max = 30) String digits) {
        assertThat(RetryAfter.of(Map.of("retry-after", digits), NOW).orElse(NOW))
                .isAfterOrEqualTo(NOW);
    }

    @Property
    void secondsAreSeconds(@ForAll @LongRange(max = 86_400) long seconds) {
        assertThat(RetryAfter.of(Map.of("Retry-After", String.valueOf(seconds)), NOW))
                .contains(NOW.plus(Duration.ofSeconds(seconds)));
    }

    @Property
    void aBodyThatIsNotJsonIsRefusedAsSuch(@ForAll byte[] body) throws IOException {
        String start = new String(body, StandardCharsets.UTF_8).stripLeading();
        try {
            assertThat(new JsonAnswers().check(new ByteArrayInputStream(body), "application/json"))
                    .isEqualTo(body);
            assertThat(start).matches("(?s)[\\[{].*");
        } catch (NotJson e) {
            assertThat(start).doesNotMatch("(?s)[\\[{].*");
        }
    }
}
