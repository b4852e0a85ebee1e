package io.celonamdm.simulator.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A fault around the processing of a request. */
@FunctionalInterface
public interface Fault {
    /** Answers the request, with or without letting the endpoint process it. */
    Answer apply(Request request, Endpoint endpoint);

    /** This fault around another one. */
    default Fault and(Fault inner) {
        return (request, endpoint) -> apply(request, innerRequest -> inner.apply(innerRequest, endpoint));
    }

    /** Answers a status, a body and headers without processing the request. */
    public static Fault answer(int status, String body, Map<String, String> headers) {
        return (request, endpoint) -> new Answer(status, "application/json;charset=UTF-8", body, headers);
    }

    /** Answers a status with an empty body without processing the request. */
    static Fault status(int status) {
        return answer(status, "", Map.of());
    }

    /** Answers 429 with Retry-After in seconds without processing the request. */
    static Fault tooManyRequests(Duration retryAfter) {
        return answer(429, "", Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())));
    }

    /** Answers 200 with a web page without processing the request. */
    static Fault html() {
        return (request, endpoint) -> Answer.html(200, "Please sign in");
    }

    /** Processes the request and changes the body of the answer. */
    static Fault changedBody(UnaryOperator<String> change) {
        return (request, endpoint) -> {
            Answer answer = endpoint.answer(request);
            return answer.withBody(change.apply(answer.body()));
        };
    }

    /** Processes the request and answers the first half of the body. */
    static Fault truncated() {
        return changedBody(body -> body.substring(0, body.length() / 2));
    }

    /** Processes the request and answers one byte after the other, for ever. */
    static Fault dripping(Duration pause) {
        return (request, endpoint) -> {
            throw new Endless(endpoint.answer(request).status(), new byte[] {' '}, pause);
        };
    }

    /** Processes the request and answers more than anybody can read. */
    static Fault flooding() {
        return (request, endpoint) -> {
            throw new Endless(
                    endpoint.answer(request).status(), " ".repeat(8192).getBytes(UTF_8), Duration.ZERO);
        };
    }

    /** Waits before the request is processed. */
    static Fault slow(Duration delay) {
        return (request, endpoint) -> {
            long until = System.nanoTime() + delay.toNanos();
            for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return endpoint.answer(request);
        };
    }

    /** Closes the connection; the request is not processed. */
    static Fault hangUpBeforeProcessing() {
        return (request, endpoint) -> {
            throw new HangUp();
        };
    }

    /** Processes the request, then closes the connection without an answer. */
    static Fault hangUpAfterProcessing() {
        return (request, endpoint) -> {
            endpoint.answer(request);
            throw new HangUp();
        };
    }
}
