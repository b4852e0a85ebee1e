package io.celonamdm.celona;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The answer of assign-eid: the assignment is in progress.
 *
 * @param requestId the number of the assignment in eid-status
 * @param serverUrl the address of the server from which the devices download their eSIMs, as Celona wrote it; null if
 *     the answer has none
 */
public record AssignAnswer(String requestId, @Nullable String serverUrl) {
    private static final String REQUEST_ID = "request_id";
    /** A UUID has 36. */
    private static final int LONGEST = 200;

    /**
     * Reads the answer.
     *
     * @throws Refused if Celona refused the CSV as a whole
     * @throws UnreadableAnswer if Celona accepted the CSV and gave no usable request id, or refused it and gave one
     */
    public static AssignAnswer of(Envelope envelope) {
        if (!envelope.success() && names(envelope.data())) {
            throw new UnreadableAnswer(
                    "a refusal without a request_id", envelope.data().map());
        }
        Fields data = envelope.accepted();
        String requestId = data.anyText(REQUEST_ID);
        if (requestId.isEmpty()) {
            throw new UnreadableAnswer("a request_id", data.map());
        }
        if (requestId.length() > LONGEST || requestId.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableAnswer("a request_id of at most %d characters".formatted(LONGEST), data.map());
        }
        String serverUrl = data.anyText("server_url");
        return new AssignAnswer(requestId, serverUrl.isEmpty() ? null : serverUrl);
    }

    /** Whether the data of an answer names an assignment, which may be in progress whatever else the answer says. */
    public static boolean names(Fields data) {
        return !data.anyText(REQUEST_ID).isEmpty();
    }
}
