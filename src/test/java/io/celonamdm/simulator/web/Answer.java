package io.celonamdm.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A simulator's answer.
 *
 * @param status the HTTP status
 * @param contentType the media type with its charset
 * @param body the text, may be empty
 * @param headers further headers
 */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {
    private static final String FILE = "application/octet-stream";

    /** A JSON answer. */
    public static Answer json(int status, @Nullable Object body) {
        return new Answer(status, "application/json;charset=UTF-8", Json.write(body), Map.of());
    }

    /** An HTML page, as portals and Jamf's Classic API answer. */
    public static Answer html(int status, String text) {
        String page = "<!DOCTYPE html><html><head><title>%s</title></head><body><p>%s</p></body></html>";
        return new Answer(status, "text/html;charset=UTF-8", page.formatted(text, text), Map.of());
    }

    /** An XML answer. */
    public static Answer xml(int status, String xml) {
        return new Answer(status, "application/xml;charset=UTF-8", xml, Map.of());
    }

    /** A file; each character of the body stands for a byte. */
    public static Answer file(byte[] content) {
        String body = new String(content, StandardCharsets.ISO_8859_1);
        return new Answer(200, FILE, body, Map.of());
    }

    byte[] bytes() {
        return body.getBytes(contentType.equals(FILE) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** The same answer with another body. */
    public Answer withBody(String other) {
        return new Answer(status, contentType, other, headers);
    }
}
