package io.celonamdm.work.failure;

import io.celonamdm.celona.AssignAnswer;
import io.celonamdm.celona.Phrases;
import io.celonamdm.celona.Reasons;
import io.celonamdm.celona.Refused;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.NotJson;
import io.celonamdm.http.WhoAnswered;
import io.celonamdm.http.WhoAnswered.Vendor;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.work.Work;
import java.util.Objects;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Classifies the failure of a work item's call: who answered, and what a refusal refuses. */
@Component
class FailureClassifier {
    private final Failures failures;

    FailureClassifier(Failures failures) {
        this.failures = failures;
    }

    /** Classifies the failure for the work. */
    Failure classify(Work work, Exception exception) {
        Failure failure = failures.of(exception);
        if (failure.kind() != Kind.REFUSED || isApiGone(work, exception)) {
            return failure;
        }
        if (work.kind().step() == null) {
            boolean profile = work.kind() == Work.Kind.PROFILE && failure.code() == ReasonCode.OTHER;
            return profile ? as(Kind.REFUSED, ReasonCode.PROFILE_REFUSED, failure) : failure;
        }
        if (isSomebodyElse(work, exception)) {
            // nobody knows what the vendor would have said, or whether the call reached it
            return as(Kind.OUTCOME_UNKNOWN, ReasonCode.NOT_THE_VENDOR, failure);
        }
        return vendor(work) == Vendor.CELONA ? refusedByCelona(work, failure, exception) : failure;
    }

    /**
     * Classifies a refusal by the code in Celona's envelope, as if it were the answer's status: a server that failed may
     * have done what it was asked. A reason in words that are known says more.
     */
    private static Failure refusedByCelona(Work work, Failure failure, Exception exception) {
        if (work.kind() == Work.Kind.ASSIGN && isTakenNevertheless(exception)) {
            return as(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREADABLE_ANSWER, failure);
        }
        if (work.kind() != Work.Kind.AWAIT && isInKnownWords(work, failure.reason())) {
            return failure;
        }
        int code = code(exception);
        return switch (code) {
            case 401 -> as(Kind.CONFIGURATION, ReasonCode.BAD_CREDENTIALS, failure);
            case 403 -> as(Kind.CONFIGURATION, ReasonCode.FORBIDDEN, failure);
            case 429 -> as(Kind.TRANSIENT, ReasonCode.THROTTLED, failure);
            default ->
                code == 408 || code >= 500
                        ? as(Kind.OUTCOME_UNKNOWN, ReasonCode.VENDOR_ERROR, failure)
                        : work.kind() == Work.Kind.AWAIT
                                ? as(Kind.REFUSED, ReasonCode.REQUEST_UNKNOWN, failure)
                                : failure;
        };
    }

    /** Whether a refusal names the assignment that it refuses. */
    private static boolean isTakenNevertheless(Exception exception) {
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        return http != null
                && AssignAnswer.names(Fields.of(Json.parse(String.valueOf(http.getResponseBody()))
                                .orElse(null))
                        .object("data"));
    }

    private static boolean isInKnownWords(Work work, String reason) {
        return work.kind() == Work.Kind.ASSIGN
                ? Phrases.in(reason, work.sync().celona().poolExhaustedWords())
                : Reasons.classify(reason) != ReasonCode.OTHER;
    }

    private static Failure as(Kind kind, ReasonCode code, Failure failure) {
        return new Failure(kind, code, failure.reason(), failure.again());
    }

    /** Whether the activation endpoint is missing: Celona says so by a status, or by a web page. */
    static boolean isApiGone(Work work, Exception exception) {
        if (work.kind() != Work.Kind.ACTIVATE) {
            return false;
        }
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        NotJson notJson = Failures.find(exception, NotJson.class);
        return (http != null && http.getStatusCode() == 404) || (notJson != null && notJson.isPage());
    }

    /** Whether the failure of a call for several devices may come from one of them, or from their number. */
    static boolean mayBlameOne(Exception exception) {
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        if (http == null) {
            return Failures.find(exception, UnreadableAnswer.class) != null;
        }
        return switch (http.getStatusCode()) {
            case 401, 403, 407, 408, 429 -> false;
            default -> http.getStatusCode() >= 400 && http.getStatusCode() <= 501;
        };
    }

    /** Whether something other than the vendor answered a mere query; it is repeated until the vendor answers. */
    static boolean isWorthAskingUntilAnswered(Work work, Exception exception) {
        return onlyAsks(work) && isSomebodyElse(work, exception);
    }

    private static boolean onlyAsks(Work work) {
        return switch (work.kind()) {
            case AWAIT, CONFIRM -> true;
            case PUSH -> work.devices().stream().map(Device::pushReference).allMatch(Objects::nonNull);
            case ASSIGN, ACTIVATE, ATTRIBUTE, PROFILE -> false;
        };
    }

    /** Whether something other than the vendor answered the call. */
    private static boolean isSomebodyElse(Work work, Exception exception) {
        KnownFailure known = Failures.find(exception, KnownFailure.class);
        if (known != null) {
            return known.failure().code() == ReasonCode.NOT_THE_VENDOR;
        }
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        if (http != null) {
            return !WhoAnswered.isFrom(vendor(work), http.getResponseBody(), http.getResponseHeaders());
        }
        return Failures.find(exception, NotJson.class) != null;
    }

    private static Vendor vendor(Work work) {
        return switch (work.kind()) {
            case ASSIGN, AWAIT, ACTIVATE -> Vendor.CELONA;
            case PUSH, CONFIRM, ATTRIBUTE, PROFILE ->
                switch (work.sync().platform()) {
                    case "jamf" -> Vendor.JAMF;
                    case "intune" -> Vendor.GRAPH;
                    default -> Vendor.UNKNOWN;
                };
        };
    }

    /** The code in Celona's envelope; without one, the HTTP status. */
    private static int code(Exception exception) {
        Refused refused = Failures.find(exception, Refused.class);
        if (refused != null) {
            return refused.code();
        }
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        return http == null ? 0 : code(http.getStatusCode(), http.getResponseBody());
    }

    private static int code(int status, @Nullable String body) {
        Fields answer = Fields.of(Json.parse(String.valueOf(body)).orElse(null));
        return answer.object("responseMeta")
                .text("code")
                .or(() -> answer.text("code"))
                .filter(code -> code.matches("[1-9]\\d{0,5}"))
                .map(Integer::valueOf)
                .orElse(status);
    }
}
