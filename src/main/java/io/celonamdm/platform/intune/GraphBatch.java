package io.celonamdm.platform.intune;

import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.json.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Requests that go out twenty at a time ({@code POST /$batch}). The answer's own status says nothing about theirs; each
 * has its own, its own throttling included.
 */
public final class GraphBatch {
    private static final int MOST = 20;
    private static final int ROUNDS = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");

    private final String version;
    private final boolean patient;
    private final Map<String, Request> pending = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private Duration pause = Duration.ZERO;
    private int throttledRounds;

    /**
     * One of the requests.
     *
     * @param id its id, under which its answer is found
     * @param method its method
     * @param url where it goes, without the version
     * @param body its body, if it has one
     */
    record Request(
            String id, String method, String url, @Nullable Object body) {
        static Request get(String id, String url) {
            return new Request(id, "GET", url, null);
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>(Map.of("id", id, "method", method, "url", url));
            if (body != null) {
                json.put("headers", Map.of("Content-Type", "application/json"));
                json.put("body", body);
            }
            return json;
        }
    }

    /**
     * The answer to one of the requests.
     *
     * @param status its HTTP status
     * @param body what it says
     */
    record Answer(int status, Fields body) {
        boolean good() {
            return status >= 200 && status < 300;
        }

        String words() {
            return "status %d: %s".formatted(status, GraphAnswers.words(body).orElse("no reason given"));
        }
    }

    private GraphBatch(String version, boolean patient, Collection<Request> requests) {
        this.version = version;
        this.patient = patient;
        requests.forEach(request -> pending.put(request.id(), request));
    }

    /** Requests that are made again, after the pause asked for, when they are throttled. */
    static GraphBatch patient(String version, Collection<Request> requests) {
        return new GraphBatch(version, true, requests);
    }

    /** Requests that are made once; to be throttled is an answer. */
    static GraphBatch once(String version, Collection<Request> requests) {
        return new GraphBatch(version, false, requests);
    }

    /** Whether there are requests without an answer. */
    public boolean isOpen() {
        return !pending.isEmpty();
    }

    /** How long to wait before the next call, in milliseconds. */
    public long getPause() {
        return pause.toMillis();
    }

    /** Where the next call goes. */
    public String getPath() {
        return version + "/$batch";
    }

    /** The next call's body. */
    public byte[] getBody() {
        return Graph.body(Map.of("requests", next().stream().map(Request::json).toList()));
    }

    /**
     * Takes the answer to the call.
     *
     * @throws UnreadableAnswer if it answers none of the requests
     * @throws HttpOperationFailedException if requests are throttled again and again
     */
    void read(@Nullable Object answer) throws HttpOperationFailedException {
        List<Fields> responses = Fields.of(answer).list("responses");
        int before = pending.size();
        Duration longest = Duration.ZERO;
        boolean throttled = false;
        for (Fields response : responses) {
            int status = Integer.parseInt(
                    response.text("status").filter(SECONDS.asMatchPredicate()).orElse("0"));
            if (patient && (status == 429 || status == 503) && pending.containsKey(response.textOrEmpty("id"))) {
                throttled = true;
                Duration asked = retryAfter(response);
                longest = asked.compareTo(longest) > 0 ? asked : longest;
            } else if (pending.remove(response.textOrEmpty("id")) != null) {
                answers.put(response.textOrEmpty("id"), new Answer(status, response.object("body")));
            }
        }
        if (pending.size() == before && !throttled) {
            throw new UnreadableAnswer("the answers to %d requests".formatted(next().size()), answer);
        }
        pause = longest;
        throttledRounds = throttled ? throttledRounds + 1 : 0;
        if (throttledRounds >= ROUNDS || longest.compareTo(LONGEST_PAUSE) > 0) {
            throw new HttpOperationFailedException(
                    getPath(),
                    429,
                    "",
                    null,
                    Map.of("Retry-After", String.valueOf(longest.toSeconds())),
                    "requests inside of a batch are throttled");
        }
    }

    /** The answer to a request. */
    Optional<Answer> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    private List<Request> next() {
        return new ArrayList<>(pending.values()).subList(0, Math.min(MOST, pending.size()));
    }

    private Duration retryAfter(Fields response) {
        return response.object("headers")
                .text("Retry-After")
                .filter(SECONDS.asMatchPredicate())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                // without the header, ever longer
                .orElse(Duration.ofSeconds(1L << throttledRounds));
    }
}
