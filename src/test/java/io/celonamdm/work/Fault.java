package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.JsonAnswers;
import io.celonamdm.http.KnownFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Ways in which a call fails, as the exceptions that reach the route. */
public enum Fault {
    NOT_SENT,
    THROTTLED,
    BAD_CREDENTIALS,
    FORBIDDEN,
    HUNG_UP,
    SERVER_ERROR,
    WEB_PAGE,
    NO_JSON,
    GATEWAY,
    REFUSED,
    NOT_FOUND,
    LEDGER,
    CALLED_OFF,
    BUG;

    /** The exception of a call at the step. */
    public Exception at(Work.Kind step) {
        return switch (this) {
            case NOT_SENT ->
                new KnownFailure(new Failure(Kind.TRANSIENT, ReasonCode.UNREACHABLE, "connection refused", null));
            case THROTTLED -> refusal(step, 429);
            case BAD_CREDENTIALS -> refusal(step, 401);
            case FORBIDDEN -> refusal(step, 403);
            case HUNG_UP ->
                new KnownFailure(new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREACHABLE, "connection reset", null));
            case SERVER_ERROR -> refusal(step, 502);
            case WEB_PAGE -> notJson("<html>log in</html>");
            case NO_JSON -> notJson("all is well");
            case GATEWAY -> answer(400, "<html>this request is not allowed here</html>");
            case REFUSED -> refusal(step, 400);
            case NOT_FOUND -> refusal(step, 404);
            case LEDGER -> new DataAccessResourceFailureException("the database is gone");
            case CALLED_OFF ->
                new KnownFailure(new Failure(Kind.TRANSIENT, ReasonCode.CALLED_OFF, "the sync was stopped", null));
            case BUG -> new IllegalStateException("that cannot be");
        };
    }

    /** An answer with a status that is no success. */
    public static Exception answer(int status, String body) {
        return new HttpOperationFailedException("https://vendor.example/x", status, "", null, Map.of(), body);
    }

    /** The same in the vendor's own envelope. */
    private static Exception refusal(Work.Kind step, int status) {
        String celona = "{\"success\":false,\"code\":%d,\"error\":\"that does not go\"}";
        String jamf = "{\"httpStatus\":%d,\"errors\":[{\"description\":\"that does not go\"}]}";
        return answer(status, (step.isMdm() ? jamf : celona).formatted(status));
    }

    private static Exception notJson(String body) {
        try {
            new JsonAnswers().check(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), "text/plain");
            throw new AssertionError(body + " was taken for JSON");
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }
}
