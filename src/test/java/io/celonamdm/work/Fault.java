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
    NOT_SENT {
        @Override
        public Exception at(Work.Kind step) {
            return new KnownFailure(new Failure(Kind.TRANSIENT, ReasonCode.UNREACHABLE, "connection refused", null));
        }
    },
    THROTTLED {
        @Override
        public Exception at(Work.Kind step) {
            return refusal(step, 429);
        }
    },
    BAD_CREDENTIALS {
        @Override
        public Exception at(Work.Kind step) {
            return refusal(step, 401);
        }
    },
    FORBIDDEN {
        @Override
        public Exception at(Work.Kind step) {
            return refusal(step, 403);
        }
    },
    HUNG_UP {
        @Override
        public Exception at(Work.Kind step) {
            return new KnownFailure(
                    new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREACHABLE, "connection reset", null));
        }
    },
    SERVER_ERROR {
        @Override
        public Exception at(Work.Kind step) {
            return refusal(step, 502);
        }
    },
    WEB_PAGE {
        @Override
        public Exception at(Work.Kind step) {
            return notJson("<html>log in</html>");
        }
    },
    NO_JSON {
        @Override
        public Exception at(Work.Kind step) {
            return notJson("all is well");
        }
    },
    GATEWAY {
        @Override
        public Exception at(Work.Kind step) {
            return answer(400, "<html>this request is not allowed here</html>");
        }
    },
    REFUSED {
        @Override
        public Exception at(Work.Kind step) {
            return refusal(step, 400);
        }
    },
    NOT_FOUND {
        @Override
        public Exception at(Work.Kind step) {
            return refusal(step, 404);
        }
    },
    LEDGER {
        @Override
        public Exception at(Work.Kind step) {
            return new DataAccessResourceFailureException("the database is gone");
        }
    },
    BUG {
        @Override
        public Exception at(Work.Kind step) {
            return new IllegalStateException("that cannot be");
        }
    };

    /** The exception of a call at the step. */
    public abstract Exception at(Work.Kind step);

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
