package io.celonamdm.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import io.celonamdm.esim.DeviceNumbers;
import io.celonamdm.text.Invisible;
import io.celonamdm.text.KnownSecrets;
import io.celonamdm.text.SecretShapes;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Removes secrets, most digits of each EID, ICCID and IMEI, and terminal control characters from the output of another
 * encoder, in any format and from any source, such as a vendor's words in an exception. Only the first line of an entry
 * begins at the margin, so no text can pass for an entry.
 */
final class Redaction extends EncoderBase<ILoggingEvent> {
    /** Loggers that write each byte of a call in pieces, any of which may be part of a secret. */
    private static final Set<String> BYTES = Set.of(
            "org.apache.hc.client5.http.wire",
            "org.apache.http.wire",
            "org.apache.coyote.http11.Http11InputBuffer",
            "org.apache.tomcat.util.net.NioEndpoint",
            "org.eclipse.angus.mail.smtp");

    /** Reports a failed start in lines of its own, before any vendor was called. */
    private static final String REPORT = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    private static final Pattern LINES = Pattern.compile("(?<=\n)");
    private static final Pattern LINE = Pattern.compile("\n(?=\\S)");

    private final Encoder<ILoggingEvent> encoder;
    private final boolean fullNumbers;

    /** @param fullNumbers whether to log the numbers of devices in full */
    Redaction(Encoder<ILoggingEvent> encoder, boolean fullNumbers) {
        this.encoder = encoder;
        this.fullNumbers = fullNumbers;
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        if (BYTES.contains(event.getLoggerName()) && !event.getLevel().isGreaterOrEqual(Level.INFO)) {
            return new byte[0];
        }
        byte[] bytes = encoder.encode(event);
        String written = new String(bytes, StandardCharsets.UTF_8);
        String redacted = KnownSecrets.masked(Invisible.removed(written));
        if (REPORT.equals(event.getLoggerName())) {
            // each line by itself: the name of a variable at the end of one says nothing about the next
            redacted = LINES.splitAsStream(redacted).map(SecretShapes::masked).collect(Collectors.joining());
        } else {
            redacted = LINE.matcher(SecretShapes.masked(redacted)).replaceAll("\n  ");
        }
        if (!fullNumbers) {
            redacted = DeviceNumbers.shortened(redacted);
        }
        return redacted.equals(written) ? bytes : redacted.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
