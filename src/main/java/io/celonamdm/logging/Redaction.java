package io.celonamdm.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes secrets, and most digits of each EID, ICCID and IMEI, out of what another encoder has written: whichever format that
 * has, and whoever has said it, such as a vendor whose words are in an exception.
 */
final class Redaction extends EncoderBase<ILoggingEvent> {
    /** 15 digits are an IMEI, 18 to 20 that begin with 89 an ICCID, 32 an EID. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?<!\\d)(?:(\\d{8})\\d{3}(\\d{4})|(89\\d{6})\\d{6,8}(\\d{4})|(\\d{8})\\d{20}(\\d{4}))(?!\\d)");

    private final Encoder<ILoggingEvent> encoder;
    private final boolean fullNumbers;

    /** @param fullNumbers whether the numbers of devices are left as they are */
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
        byte[] bytes = encoder.encode(event);
        String written = new String(bytes, StandardCharsets.UTF_8);
        String redacted = SecretsInLogs.masked(written);
        if (!fullNumbers) {
            redacted = shortened(redacted);
        }
        return redacted.equals(written) ? bytes : redacted.getBytes(StandardCharsets.UTF_8);
    }

    /** The first eight and the last four digits are left, as elsewhere. */
    private static String shortened(String text) {
        return NUMBER.matcher(text).replaceAll("$1$3$5…$2$4$6");
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
