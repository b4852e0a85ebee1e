package io.celonamdm.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTests {
    private final LoggerContext context = new LoggerContext();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an EID, 89049032692062826375526599366404, 89049032…6404",
        "an ICCID of 20 digits, 89105212033100003517, 89105212…3517",
        "an ICCID of 19 digits, 8910521203310000351, 89105212…0351",
        "an ICCID of 18 digits, 891052120331000035, 89105212…0035",
        "an IMEI, 358823340832230, 35882334…2230",
        "a time in milliseconds, 1763798400000, 1763798400000",
        "a time in nanoseconds, 1763798400000123456, 1763798400000123456",
        "a longer number, 123456789012345678901234567890123, 123456789012345678901234567890123"
    })
    void eachKindOfNumberIsShortened(String kind, String number, String written) {
        String line = "the vendor said {\"id\":\"%1$s\"} of /devices/%1$s and %1$s\n";

        assertThat(logged(line.formatted(number).strip(), null, false)).as(kind).isEqualTo(line.formatted(written));
        assertThat(logged(line.formatted(number).strip(), null, true)).isEqualTo(line.formatted(number));
    }

    @Test
    void soAreTheNumbersInAnExceptionAndOtherTextStaysAsItIs() {
        assertThat(logged("größer", new IllegalStateException("no IMSI for 89105212033100003517"), false))
                .startsWith("größer\njava.lang.IllegalStateException: no IMSI for 89105212…3517\n\tat ");
    }

    @Test
    void secretsAreMaskedWhereverTheyStand() {
        SecretsInLogs.mask(List.of("quote\"in-it", "https://hooks.example/services/T0B0", "short"));

        assertThat(logged("key quote\"in-it, or {\"key\":\"quote\\\"in-it\"}; short", null, true))
                .isEqualTo("key ******, or {\"key\":\"******\"}; short\n");
        assertThat(logged("POST /services/T0B0 to https://hooks.example/services/T0B0", null, false))
                .isEqualTo("POST ****** to ******\n");
    }

    private String logged(String message, @Nullable Throwable thrown, boolean fullNumbers) {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setCharset(StandardCharsets.UTF_8);
        lines.setPattern("%m%n%ex");
        lines.start();
        LoggingEvent event = new LoggingEvent("", context.getLogger("vendor"), Level.WARN, message, thrown, null);
        return new String(new Redaction(lines, fullNumbers).encode(event), StandardCharsets.UTF_8);
    }
}
