package io.celonamdm.story.world;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param body the text
 * @param headers further headers
 */
public record Reply(int status, String type, String body, Map<String, String> headers) {
    static Reply json(int status, Object body) {
        return new Reply(status, "application/json", Json.write(body), Map.of());
    }

    static Reply html(int status, String text) {
        return new Reply(status, "text/html", "<html><body>" + text + "</body></html>", Map.of());
    }

    Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, type, body, all);
    }
}
