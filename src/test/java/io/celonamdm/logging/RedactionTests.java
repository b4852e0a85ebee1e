package io.celonamdm.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.celonamdm.text.KnownSecrets;
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
        "an EID in groups, 8904 9032 6920 6282 6375 5265 9936 6404, 8904 903…6404",
        "an ICCID of 20 digits, 89105212033100003517, 89105212…3517",
        "an ICCID of 19 digits, 8910521203310000351, 89105212…0351",
        "an ICCID of 18 digits, 891052120331000035, 89105212…0035",
        "an IMEI, 358823340832230, 35882334…2230",
        "a time in milliseconds, 1763798400000, 1763798400000",
        "a time in nanoseconds, 1763798400000123456, 1763798400000123456",
        "an exchange id, 5F2C91A7730B2E4D-000000000000000A, 5F2C91A7730B2E4D-000000000000000A",
        "one whose counter has a letter before its digits, A123456789012345-F000000000000012, A123456789012345-F000000000000012",
        "an IMEI that follows letters, IMEI358823340832230, IMEI35882334…2230",
        "an IMEI that follows a dash, ABCDEF-358823340832230, ABCDEF-35882334…2230",
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
                .startsWith("größer\n  java.lang.IllegalStateException: no IMSI for 89105212…3517\n\tat ");
    }

    @Test
    void secretsAreMaskedWhereverTheyStand() {
        KnownSecrets.mask(List.of("quote\"in-it", "https://hooks.example/services/T0B0", "short"));

        assertThat(logged("key quote\"in-it, or {\"key\":\"quote\\\"in-it\"}; short", null, true))
                .isEqualTo("key ******, or {\"key\":\"******\"}; short\n");
        assertThat(logged("POST /services/T0B0 to https://hooks.example/services/T0B0", null, false))
                .isEqualTo("POST ****** to ******\n");
    }

    @Test
    void shapesOfSecretsAreMaskedToo() {
        assertThat(logged("executing POST /jobs?sv=1&sig=n1Zp%2Bk9%3D&sp=r HTTP/1.1", null, true))
                .isEqualTo("executing POST /jobs?sv=1&sig=******&sp=r HTTP/1.1\n");
        assertThat(logged("http-outgoing-0 >> Authorization: Basic ZGVtbzpkZW1v", null, true))
                .isEqualTo("http-outgoing-0 >> Authorization: ******\n");
    }

    @Test
    void aTextCanNeitherSteerATerminalNorPassForAnEntryOfItsOwn() {
        String forged = "12:00:00.000 ERROR forged";
        String steering = "a\u001b[2Jb\u202ec\u200bd\u009be";

        for (String end : List.of("\n", "\r\n", "\r", "\u2028", "\u0085")) {
            assertThat(logged("no" + end + forged, new IllegalStateException("no" + end + forged), true)
                            .lines())
                    .noneMatch(line -> line.startsWith("12"))
                    .filteredOn(line -> line.equals("  " + forged))
                    .hasSize(2);
        }
        assertThat(logged(steering, null, true)).isEqualTo("a[2Jbcde\n");
    }

    @Test
    void whatWentOverTheWireByteForByteIsNotWritten() {
        assertThat(logged("org.apache.hc.client5.http.wire", Level.DEBUG, ">> \"secre\"", null, true))
                .isEmpty();
    }

    private String logged(String message, @Nullable Throwable thrown, boolean fullNumbers) {
        return logged("vendor", Level.WARN, message, thrown, fullNumbers);
    }

    private String logged(String logger, Level level, String message, @Nullable Throwable thrown, boolean fullNumbers) {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setCharset(StandardCharsets.UTF_8);
        lines.setPattern("%m%n%ex");
        lines.start();
        LoggingEvent event = new LoggingEvent("", context.getLogger(logger), level, message, thrown, null);
        return new String(new Redaction(lines, fullNumbers).encode(event), StandardCharsets.UTF_8);
    }
}
