package io.celonamdm.operations.notices;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages, so that a receiver knows who sent them and when: HMAC-SHA256 of the time, a dot and the body. */
final class Signature {
    static final String TIMESTAMP = "X-Connector-Timestamp";
    static final String SIGNATURE = "X-Connector-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The headers that sign a body. */
    static Map<String, String> of(byte[] body, String secret, Instant now) {
        String timestamp = String.valueOf(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    TIMESTAMP, timestamp, SIGNATURE, "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }
}
