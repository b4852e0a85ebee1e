package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as handed over by a route without Java.
 *
 * @param eid the device
 * @param outcome which of {@link PushOutcome}
 * @param reference the MDM's id of the command, with {@code sent}
 * @param word the MDM's own status, with {@code waiting}
 * @param code the reason code, with {@code failed}
 * @param reason the MDM's words, with {@code again}, {@code unlisted} and {@code failed}
 */
record OutcomeFields(
        String eid,
        Outcome outcome,
        @Nullable String reference,
        @Nullable String word,
        @Nullable ReasonCode code,
        @Nullable String reason) {

    /** The kinds of outcomes, in the words of the contract. */
    enum Outcome {
        SENT,
        ACKNOWLEDGED,
        WAITING,
        AGAIN,
        UNLISTED,
        FAILED
    }

    PushOutcome outcomeOf() {
        return switch (outcome) {
            case SENT -> new PushOutcome.Sent(eid, text(reference));
            case ACKNOWLEDGED -> new PushOutcome.Acknowledged(eid);
            case WAITING -> new PushOutcome.Waiting(eid, text(word));
            case AGAIN -> new PushOutcome.Again(eid, text(reason));
            case UNLISTED -> new PushOutcome.Unlisted(eid, text(reason));
            case FAILED -> new PushOutcome.Failed(eid, code == null ? ReasonCode.COMMAND_FAILED : code, text(reason));
        };
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
