package io.celonamdm.platform.jamf;

import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.net.PercentCodec;

/** Parts of paths. */
final class Paths {
    private Paths() {}

    /** Encodes a text as one segment of a path. */
    static String segment(String text) {
        return PercentCodec.encode(text, StandardCharsets.UTF_8);
    }
}
