package io.celonamdm.operations;

import io.celonamdm.sync.Syncs;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** Answers of the endpoints that are not simply what was asked for; each error says what to do. */
final class Answers {
    private Answers() {}

    static WebEndpointResponse<Object> accepted(Object body) {
        return new WebEndpointResponse<>(body, 202);
    }

    /** The answer, or the error by which it was refused. */
    static WebEndpointResponse<Object> orRefused(Supplier<WebEndpointResponse<Object>> answer) {
        try {
            return answer.get();
        } catch (Refusal e) {
            return error(e.status(), e.text());
        }
    }

    static WebEndpointResponse<Object> badRequest(String error) {
        return error(400, error);
    }

    static WebEndpointResponse<Object> noReason() {
        return badRequest(Refusal.NO_REASON);
    }

    /** What a person says for the audit; empty if it is missing, which {@link #noReason()} answers. */
    static String reason(@Nullable String said) {
        return said == null ? "" : said.strip();
    }

    static WebEndpointResponse<Object> noSync(Syncs syncs, String name) {
        return notFound(syncs.unknown(name));
    }

    static WebEndpointResponse<Object> notFound(String error) {
        return error(404, error);
    }

    static WebEndpointResponse<Object> conflict(String error) {
        return error(409, error);
    }

    private static WebEndpointResponse<Object> error(int status, String error) {
        return new WebEndpointResponse<>(Map.of("error", error), status);
    }
}
