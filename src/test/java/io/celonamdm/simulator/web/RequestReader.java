package io.celonamdm.simulator.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads a servlet request once, with Tomcat's own multipart parsing. */
final class RequestReader {
    private final HttpServletRequest servletRequest;
    private final Map<String, List<String>> form = new LinkedHashMap<>();
    private final List<FilePart> files = new ArrayList<>();
    private String body = "";
    private String problem = "";

    private RequestReader(HttpServletRequest servletRequest) {
        this.servletRequest = servletRequest;
    }

    static Request read(HttpServletRequest servletRequest) {
        return new RequestReader(servletRequest).read();
    }

    private Request read() {
        Map<String, List<String>> query = Map.of();
        try {
            query = FormText.decode(servletRequest.getQueryString());
            readBody();
        } catch (IOException | ServletException | IllegalArgumentException | IllegalStateException e) {
            problem = String.valueOf(e.getMessage());
        }
        String path = servletRequest.getPathInfo() == null ? "/" : servletRequest.getPathInfo();
        return new Request(
                Instant.now(), servletRequest.getMethod(), path, query, headers(), body, form, files, problem);
    }

    private void readBody() throws IOException, ServletException {
        String type = String.valueOf(servletRequest.getContentType()).toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/form-data")) {
            for (Part part : servletRequest.getParts()) {
                add(part);
            }
            return;
        }
        body = new String(servletRequest.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            form.putAll(FormText.decode(body));
        }
    }

    private void add(Part part) throws IOException {
        byte[] content = part.getInputStream().readAllBytes();
        if (part.getSubmittedFileName() == null) {
            form.computeIfAbsent(part.getName(), name -> new ArrayList<>())
                    .add(new String(content, StandardCharsets.UTF_8));
        } else {
            files.add(new FilePart(part.getName(), part.getSubmittedFileName(), content));
        }
    }

    private Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(servletRequest.getHeaderNames())) {
            headers.put(name, Collections.list(servletRequest.getHeaders(name)));
        }
        return headers;
    }
}
