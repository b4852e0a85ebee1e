package io.celonamdm.platform.jamf;

import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.net.PercentCodec;

/** Parts of paths. */
final class Paths {
    private Paths() {}

    /** A text as one segment of a path, whatever is in it. */
    static String segment(String text) {
        return PercentCodec.encode(text, StandardCharsets.UTF_8);
    }
}
