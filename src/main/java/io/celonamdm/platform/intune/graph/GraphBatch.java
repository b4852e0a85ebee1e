package io.celonamdm.platform.intune.graph;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Requests sent twenty at a time ({@code POST /$batch}). The status of the whole answer says nothing about them; each
 * has its own status and its own throttling.
 */
public final class GraphBatch {
    static final int MOST = 20;
    private static final Pattern STATUS = Pattern.compile("\\d{1,5}");

    private final String version;
    private final boolean patient;
    private final Map<String, Request> pending = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Throttling throttling = new Throttling();
    private final Gate gate;
    private boolean room;
    private boolean renewed;
    private long opening = Long.MIN_VALUE;
    private long awaited = Long.MIN_VALUE;

    /**
     * One of the requests.
     *
     * @param id its id, which identifies its answer
     * @param method its method
     * @param url its address, without the version
     * @param body its body, if it has one
     */
    public record Request(
            String id, String method, String url, @Nullable Object body) {
        public static Request get(String id, String url) {
            return new Request(id, "GET", url, null);
        }

        private boolean isRead() {
            return method.equals("GET");
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
     * @param body its body
     */
    public record Answer(int status, Fields body) {
        public boolean good() {
            return status >= 200 && status < 300;
        }

        /** Whether nobody knows what the request did: it timed out, the server failed, or the status is none. */
        public boolean leavesOpen() {
            boolean refused = status >= 400 && status < 500 && status != 408;
            return !good() && !refused;
        }

        public String words() {
            return "status %d: %s".formatted(status, GraphAnswers.words(body).orElse("no reason given"));
        }
    }

    private GraphBatch(String version, boolean patient, Gate gate, Collection<Request> requests) {
        this.version = version;
        this.patient = patient;
        this.gate = gate;
        requests.forEach(request -> pending.put(request.id(), request));
    }

    /** Requests that are repeated after the requested delay when they are throttled. */
    public static GraphBatch patient(String version, Collection<Request> requests) {
        return patient(version, requests, new Gate());
    }

    /** The same, one of several that go out at once through a gate. */
    static GraphBatch patient(String version, Collection<Request> requests, Gate gate) {
        return new GraphBatch(version, true, gate, requests);
    }

    /**
     * Requests that are made once; throttling counts as an answer. One that writes and is left out among answers to others
     * has none: it may have been processed.
     */
    public static GraphBatch once(String version, Collection<Request> requests) {
        return new GraphBatch(version, false, new Gate(), requests);
    }

    /** Whether to make another call. */
    public boolean isOpen() {
        return !isAnswered() && !gate.isShut();
    }

    /** Whether no request is without an answer. */
    boolean isAnswered() {
        return pending.isEmpty();
    }

    /** How many requests the next call makes. */
    int size() {
        return Math.min(MOST, pending.size());
    }

    /** Begins a turn, which either waits or makes a call: what the last one found closed is open now. */
    void begins() {
        awaited = opening;
        opening = gate.opensAt();
    }

    /** How long to wait before the next call, in milliseconds; other batches may have been throttled meanwhile. */
    public long getPause() {
        return gate.pause(awaited).toMillis();
    }

    /** Whether the host's limit has room for the next call. */
    boolean hasRoom() {
        return room;
    }

    /** Records that the host's limit has room for the next call. */
    void gotRoom() {
        room = true;
    }

    /** The path of the next call. */
    public String getPath() {
        return version + "/$batch";
    }

    /** The next call's body. */
    public byte[] getBody() {
        return Graph.body(Map.of("requests", next().stream().map(Request::json).toList()));
    }

    /**
     * Processes the answer to the call.
     *
     * @throws UnreadableAnswer if it answers none of the requests
     * @throws HttpOperationFailedException if requests are throttled again and again; or, once, if the token of the call
     *     was refused inside of it: the call is to be made again with a new one
     */
    public void read(@Nullable Object answer, Instant now) throws HttpOperationFailedException {
        room = false;
        boolean listed = Fields.mapOf(answer).get("responses") instanceof List<?>;
        List<Fields> responses = Fields.of(answer).list("responses");
        List<Request> asked = next();
        int before = pending.size();
        throttling.begin();
        boolean unauthorized = false;
        for (Fields response : responses) {
            Request request = asked(response.textOrEmpty("id"), asked);
            int status = Integer.parseInt(
                    response.text("status").filter(STATUS.asMatchPredicate()).orElse("0"));
            if (request == null) {
                continue;
            }
            // a request that fails round after round is broken, and must not block the others
            boolean again = status == 429 || (status == 503 && !throttling.isLast());
            if (patient && again) {
                throttling.asked(response.object("headers"), now);
                asked.remove(request);
            } else if (patient && status == 401 && !renewed) {
                unauthorized = true;
                asked.remove(request);
            } else if (pending.remove(request.id()) != null) {
                answers.put(request.id(), new Answer(status, response.object("body")));
                asked.remove(request);
            }
        }
        boolean others = listed && !answers.isEmpty() && asked.stream().allMatch(Request::isRead);
        if (pending.size() == before && !throttling.isAsked() && !unauthorized && !others) {
            throw new UnreadableAnswer("the answers to %d requests".formatted(next().size()), answer);
        }
        if (!answers.isEmpty()) {
            asked.forEach(this::leftOut);
        }
        if (throttling.isTooMuch()) {
            throw new HttpOperationFailedException(
                    getPath(),
                    429,
                    "",
                    null,
                    Map.of("Retry-After", String.valueOf(throttling.pause().toSeconds())),
                    "requests inside of a batch are throttled");
        }
        gate.close(throttling.pause());
        if (unauthorized) {
            renewed = true;
            throw new HttpOperationFailedException(
                    getPath(), 401, "", null, Map.of(), "the access token expired inside of a batch");
        }
    }

    /**
     * Processes throttling of the call as a whole.
     *
     * @throws HttpOperationFailedException the refusal, if it is no throttling that is waited for, or lasts too long
     */
    void throttled(HttpOperationFailedException refusal, Instant now) throws HttpOperationFailedException {
        Fields headers = Fields.of(refusal.getResponseHeaders());
        boolean throttled = refusal.getStatusCode() == 429 || Throttling.isNamed(headers);
        if (!patient || !throttled) {
            throw refusal;
        }
        room = false;
        throttling.begin();
        throttling.asked(headers, now);
        if (throttling.isTooMuch()) {
            throw refusal;
        }
        gate.close(throttling.pause());
    }

    /** Ids are compared ignoring case, as in Graph. */
    private static @Nullable Request asked(String id, List<Request> asked) {
        return asked.stream()
                .filter(request -> request.id().equalsIgnoreCase(id))
                .findFirst()
                .orElse(null);
    }

    /** A request without an answer among the others is repeated once, unless it writes: it may have been processed. */
    private void leftOut(Request request) {
        if (!request.isRead()) {
            pending.remove(request.id());
        } else if (!leftOut.add(request.id()) && pending.remove(request.id()) != null) {
            answers.put(request.id(), new Answer(0, Fields.of(null)));
        }
    }

    /** The refusal, if each of several requests lacked a permission. */
    public Optional<Answer> forbidden() {
        boolean all = !answers.isEmpty() && answers.values().stream().allMatch(answer -> answer.status() == 403);
        return all ? answers.values().stream().findFirst() : Optional.empty();
    }

    /** The answer to a request. */
    public Optional<Answer> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    private List<Request> next() {
        return new ArrayList<>(pending.values()).subList(0, size());
    }
}
