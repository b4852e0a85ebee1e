package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** JSON batching: at most twenty requests, answered in another order, each with its own status. */
final class BatchEndpoint {
    private static final int MOST = 20;
    private final Endpoint endpoints;
    private final AtomicInteger throttled = new AtomicInteger();

    BatchEndpoint(Endpoint endpoints) {
        this.endpoints = endpoints;
    }

    /** Throttles the first request of each of the next n batches. */
    void throttle(int batches) {
        throttled.set(batches);
    }

    Answer answer(Request request) {
        JsonNode requests = request.json().path("requests");
        if (requests.isEmpty() || requests.size() > MOST) {
            return GraphErrors.badRequest("Number of requests in a batch must be between 1 and 20.");
        }
        boolean throttle = throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        List<Object> responses = new ArrayList<>();
        for (JsonNode inner : requests) {
            responses.add(throttle && responses.isEmpty() ? tooMany(inner) : response(request, inner));
        }
        Collections.reverse(responses);
        return Answer.json(200, Json.object("responses", responses));
    }

    private static Object tooMany(JsonNode inner) {
        return Json.object(
                "id",
                inner.path("id").asText(),
                "status",
                429,
                "headers",
                Json.object("Retry-After", "1"),
                "body",
                Json.object("error", Json.object("code", "TooManyRequests", "message", "Retry after 1 second.")));
    }

    private Object response(Request outer, JsonNode inner) {
        Answer answer = endpoints.answer(request(outer, inner));
        Map<String, @Nullable Object> response =
                Json.object("id", inner.path("id").asText(), "status", answer.status());
        response.put("body", answer.body().isEmpty() ? null : Json.read(answer.body()));
        return response;
    }

    private static Request request(Request outer, JsonNode inner) {
        String version = outer.path().replace("/$batch", "");
        String[] url = inner.path("url").asText().split("\\?", 2);
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String parameter : url.length == 1 ? new String[0] : url[1].split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            query.put(decoded(parts[0]), List.of(decoded(parts[1])));
        }
        String body = inner.has("body") ? inner.path("body").toString() : "";
        return new Request(
                Instant.now(),
                inner.path("method").asText(),
                version + decoded(url[0]),
                query,
                outer.headers(),
                body,
                Map.of(),
                List.of(),
                "");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
