package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a header or a body, reading it fails as documented or not at all. */
class RetryAfterFuzzTests {
    private static final Instant TIME = Instant.parse("2026-11-29T04:30:00Z");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' 120 ' | 120",
                "1.5 | 2",
                "'1,0' | 1",
                "0.0 | 0",
                "30s | 30",
                "'\"7\"' | 7",
                "Sun, 29 Nov 2026 04:31:00 GMT | 60",
                "sun, 29 nov 2026  04:31:00 gmt | 60",
                "Sunday, 29-Nov-26 04:31:00 GMT | 60",
                "Sun Nov 29 04:31:00 2026 | 60",
                "2026-11-29T04:31:00Z | 60",
                "Sun, 29 Nov 2026 05:31:00 +0100 | 60",
                "Sun, 22 Nov 2026 04:31:00 GMT | 0"
            })
    void everySpellingOfATime(String text, int seconds) {
        assertThat(RetryAfter.parse(text, TIME)).hasValue(TIME.plusSeconds(seconds));
    }

    /** No vendor needs longer, and nothing may wait until it is forgotten. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "86401",
                "999999999",
                "99999999999999999999999",
                "4102444800000.5",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "+999999999-12-31T23:59:59Z"
            })
    void nothingWaitsLongerThanADay(String text) {
        assertThat(RetryAfter.parse(text, TIME)).hasValue(TIME.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "soon", "1e3", "NaN", "5, 10", "-999999999-01-01T00:00:00Z; q=1"})
    void whatIsNoTimeCountsAsNone(String text) {
        assertThat(RetryAfter.parse(text, TIME)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void jsonInEveryWayOfUnicode(Charset charset, String mark) throws IOException {
        byte[] body = (mark + "{\"name\":\"Zoë\"}").getBytes(charset);

        assertThat(new JsonAnswers().check(new ByteArrayInputStream(body), null))
                .isEqualTo("{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> jsonInEveryWayOfUnicode() {
        return Stream.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
                .map(Charset::forName)
                .flatMap(charset -> Stream.of("", "\uFEFF").map(mark -> Arguments.of(charset, mark)));
    }

    @Test
    void whatIsNoUtf8CostsOneLetter() throws IOException {
        byte[] body = "{\"name\":\"Zo_\"}".getBytes(StandardCharsets.UTF_8);
        body[11] = (byte) 0xEB;

        assertThat(new String(new JsonAnswers().check(new ByteArrayInputStream(body), null), StandardCharsets.UTF_8))
                .isEqualTo("{\"name\":\"Zo\uFFFD\"}");
    }

    @Property
    void aBodyThatIsNotJsonIsRefusedAsSuch(@ForAll byte[] body) throws IOException {
        byte[] expected = Json.utf8(body);
        String start = new String(expected, StandardCharsets.UTF_8).stripLeading();
        try {
            assertThat(new JsonAnswers().check(new ByteArrayInputStream(body), "application/json"))
                    .isEqualTo(expected);
            assertThat(start).matches("(?s)[\\[{].*");
        } catch (NotJson e) {
            assertThat(start).doesNotMatch("(?s)[\\[{].*");
        }
    }
}
