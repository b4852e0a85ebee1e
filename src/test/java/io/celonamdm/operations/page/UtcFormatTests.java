package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as people read them. */
class UtcFormatTests {
    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

    private final UtcFormat moments = new UtcFormat(Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "PT0S, less than a minute",
        "PT59S, less than a minute",
        "PT1M, 1 minute",
        "PT59M59S, 59 minutes",
        "PT1H, 1 hour",
        "PT47H, 47 hours",
        "PT48H, 2 days",
        "P400D, 400 days",
        "PT-5M, less than a minute"
    })
    void haveAnAge(Duration ago, String age) {
        assertThat(moments.age(NOW.minus(ago))).isEqualTo(age);
    }

    @Test
    void haveAZone() {
        assertThat(moments.text(NOW)).isEqualTo("2026-11-30 08:00 UTC");
        assertThat(moments.text(null)).isEqualTo("–");
    }
}
