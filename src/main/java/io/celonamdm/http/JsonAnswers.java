package io.celonamdm.http;

import io.celonamdm.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Guards the parser: recognises a web page with status 200 before anything is read from it. */
@Component
public class JsonAnswers {
    private static final int START = 4096;

    /**
     * Lets JSON pass.
     *
     * @return the body in UTF-8, without a byte order mark
     * @throws IOException if the body ends too early
     * @throws NotJson if the body does not start like a JSON object or array
     */
    public byte[] check(@Body @Nullable InputStream body, @Header(Exchange.CONTENT_TYPE) @Nullable String contentType)
            throws IOException {
        byte[] bytes = Json.utf8(body == null ? new byte[0] : body.readAllBytes());
        String start = new String(bytes, 0, Math.min(START, bytes.length), StandardCharsets.UTF_8).stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            throw new NotJson(contentType, start);
        }
        return bytes;
    }
}
