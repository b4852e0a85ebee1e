package io.celonamdm.platform.intune;

import io.celonamdm.json.Json;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.net.PercentCodec;

/** How calls of Microsoft Graph are written. */
final class Graph {
    static final String V1 = "/v1.0";
    /** Some of what is needed has been in beta for years: EIDs of single devices, and the eSIM action. */
    static final String BETA = "/beta";

    static final String MANAGED_DEVICES = "/deviceManagement/managedDevices";

    private Graph() {}

    /** A text as one part of a path or as the value of a query parameter, whatever is in it. */
    static String encoded(String text) {
        return PercentCodec.encode(text, StandardCharsets.UTF_8);
    }

    /** A body. */
    static byte[] body(Object value) {
        return Json.write(value).getBytes(StandardCharsets.UTF_8);
    }
}
