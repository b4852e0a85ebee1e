package io.celonamdm.platform.intune;

import io.celonamdm.json.Json;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.net.PercentCodec;

/** The notation of Microsoft Graph calls. */
final class Graph {
    static final String V1 = "/v1.0";
    /** Some required calls have been in beta for years: EIDs of single devices, and the eSIM action. */
    static final String BETA = "/beta";

    static final String MANAGED_DEVICES = "/deviceManagement/managedDevices";

    private Graph() {}

    /** Encodes a text as one segment of a path or as the value of a query parameter. */
    static String encoded(String text) {
        return PercentCodec.encode(text, StandardCharsets.UTF_8);
    }

    /** A body. */
    static byte[] body(Object value) {
        return Json.write(value).getBytes(StandardCharsets.UTF_8);
    }
}
