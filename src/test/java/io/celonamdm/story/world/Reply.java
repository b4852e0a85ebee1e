package io.celonamdm.story.world;

import java.nio.charset.StandardCharsets;
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

    /** A file, each of whose characters stands for a byte. */
    static Reply binary(String type, byte[] content) {
        return new Reply(200, type, new String(content, StandardCharsets.ISO_8859_1), Map.of());
    }

    /** The body as it is sent. */
    public byte[] bytes() {
        return body.getBytes(
                type.equals("application/octet-stream") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, type, body, all);
    }
}
