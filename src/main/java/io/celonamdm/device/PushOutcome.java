package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;

/** The answer of a platform's push route for one device. */
public sealed interface PushOutcome {

    /** The device. */
    String eid();

    /**
     * The MDM accepted the command.
     *
     * @param reference the MDM's id of the command
     */
    record Sent(String eid, String reference) implements PushOutcome {}

    /** The device acknowledged the command, which does not prove that it has the eSIM. */
    record Acknowledged(String eid) implements PushOutcome {}

    /**
     * The MDM has the command, and the device has not answered it.
     *
     * @param word the MDM's own status
     */
    record Waiting(String eid, String word) implements PushOutcome {}

    /**
     * The command failed for a transient reason; a new one may be sent later.
     *
     * @param reason the MDM's words
     */
    record Again(String eid, String reason) implements PushOutcome {}

    /**
     * The MDM shows no command, although one was or may have been sent: it may not know it yet, or may have dropped it.
     * The core decides whether to send one again.
     *
     * @param reason what the search was for
     */
    record Unlisted(String eid, String reason) implements PushOutcome {}

    /**
     * The command failed for good.
     *
     * @param code the stable code
     * @param reason the MDM's words
     */
    record Failed(String eid, ReasonCode code, String reason) implements PushOutcome {}
}
