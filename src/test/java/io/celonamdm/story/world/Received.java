package io.celonamdm.story.world;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A call as it arrives.
 *
 * @param port the port that it arrives at
 * @param method the HTTP method
 * @param path the path
 * @param query the decoded query
 * @param authorization the header, empty for none
 * @param apiKey the header {@code X-API-Key}, empty for none
 * @param body the text of the body
 */
public record Received(
        int port,
        String method,
        String path,
        Map<String, String> query,
        String authorization,
        String apiKey,
        String body) {

    /** The kind of the call. */
    public Call call() {
        return Call.of(method, path, body);
    }

    /** The number of the sync that makes it; each has ports of its own. */
    int sync() {
        return (port - World.FIRST_PORT) / World.PORTS;
    }

    /** The parameters of a query. */
    public static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            int is = pair.indexOf('=');
            if (is > 0) {
                query.put(
                        URLDecoder.decode(pair.substring(0, is), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    /** A field of a form with parts. */
    String field(String name) {
        int at = body.indexOf("name=\"" + name + "\"");
        String content = at < 0 ? "" : body.substring(body.indexOf("\r\n\r\n", at) + 4);
        int end = content.indexOf("\r\n");
        return end < 0 ? content : content.substring(0, end);
    }

    /** The rows of the uploaded CSV below its header; no field of a story needs quotes. */
    List<List<String>> rows() {
        int file = body.indexOf("filename=");
        String content = file < 0 ? "" : body.substring(body.indexOf("\r\n\r\n", file) + 4);
        int end = content.indexOf("\r\n--");
        List<List<String>> rows = new ArrayList<>();
        String[] lines = (end < 0 ? content : content.substring(0, end)).split("\r?\n", -1);
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                rows.add(Arrays.stream(lines[i].split(",", -1))
                        .map(field -> field.replaceAll("^\"|\"$", ""))
                        .toList());
            }
        }
        return rows;
    }
}
