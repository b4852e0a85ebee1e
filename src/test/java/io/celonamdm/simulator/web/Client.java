package io.celonamdm.simulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The HTTP client for tests of the simulators. */
public final class Client {
    private static final String BOUNDARY = "----simulator-boundary";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String header;
    private final String value;

    /** A client that sends one header with each request. */
    public Client(String url, String header, String value) {
        this.url = url;
        this.header = header;
        this.value = value;
    }

    /** An answer. */
    public record Reply(int status, String body, HttpResponse<String> response) {
        /** The body as JSON. */
        public JsonNode json() {
            return Json.read(body);
        }
    }

    /** Gets a path. */
    public Reply get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** Sends a text. */
    public Reply send(String method, String path, String contentType, String body) throws IOException {
        return send(request(path)
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    /** Posts a file and a form field (none if its name is empty). */
    public Reply upload(String path, String part, String csv, String field, String fieldValue) throws IOException {
        String file = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part
                + "\"; filename=\"devices.csv\"\r\nContent-Type: text/csv\r\n\r\n" + csv + "\r\n";
        String other = field.isEmpty()
                ? ""
                : "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + fieldValue
                        + "\r\n";
        return send(
                "POST", path, "multipart/form-data; boundary=" + BOUNDARY, file + other + "--" + BOUNDARY + "--\r\n");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header(header, value);
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
