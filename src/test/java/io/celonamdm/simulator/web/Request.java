package io.celonamdm.simulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A received request.
 *
 * @param time when it was received
 * @param method the HTTP method
 * @param path the decoded path
 * @param query the decoded query parameters
 * @param headers the headers as sent; names ignore case
 * @param body the body's text; empty for a multipart request
 * @param form the fields of a form, URL-encoded or multipart
 * @param files the files of a multipart request
 * @param problem why the body could not be read; empty if it could
 */
public record Request(
        Instant time,
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String body,
        Map<String, List<String>> form,
        List<FilePart> files,
        String problem) {

    /** The same request with another query. */
    public Request withQuery(Map<String, List<String>> other) {
        return new Request(time, method, path, other, headers, body, form, files, problem);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return first(headers, name);
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return first(query, name);
    }

    /** All values of a query parameter. */
    public List<String> queryAll(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** The first value of a form field. */
    public Optional<String> form(String name) {
        return first(form, name);
    }

    /** The file of a part. */
    public Optional<FilePart> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** The body as JSON; the missing node if it is none. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** What stands after the last slash of the path. */
    public String lastSegment() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether method and path are meant; an empty method means any. */
    public boolean is(String wantedMethod, String pathPart) {
        return (wantedMethod.isEmpty() || wantedMethod.equals(method)) && path.contains(pathPart);
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }
}
