package io.celonamdm.simulator.web;

import java.util.List;
import java.util.OptionalInt;

/** A logged request with its answer. */
public final class LoggedRequest {
    private final Request request;
    private volatile OptionalInt status = OptionalInt.empty();
    private volatile String answerBody = "";
    private volatile boolean over;

    LoggedRequest(Request request) {
        this.request = request;
    }

    /** The request as it came in, secrets included. */
    public Request request() {
        return request;
    }

    /** The status answered; empty while it is in progress and after a hang-up. */
    public OptionalInt status() {
        return status;
    }

    /** The body answered; empty while it is in progress and after a hang-up. */
    public String answerBody() {
        return answerBody;
    }

    /** Whether the request has been answered or hung up. */
    public boolean over() {
        return over;
    }

    /** The rows of the CSV file sent, the header first; empty if none was sent. */
    public List<List<String>> csvRows() {
        return request.files().stream()
                .findFirst()
                .flatMap(FilePart::text)
                .flatMap(Csv::rows)
                .orElse(List.of());
    }

    void answered(Answer answer) {
        status = OptionalInt.of(answer.status());
        answerBody = answer.body();
    }

    void end() {
        over = true;
    }

    @Override
    public String toString() {
        return request.method() + " " + request.path() + " " + request.query() + " -> " + status;
    }
}
