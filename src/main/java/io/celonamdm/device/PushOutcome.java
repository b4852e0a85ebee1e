package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;

/** What a platform's push route answers for one device. */
public sealed interface PushOutcome {

    /** The device that the outcome is about. */
    String eid();

    /**
     * The MDM has taken the command.
     *
     * @param reference the MDM's id of the command
     */
    record Sent(String eid, String reference) implements PushOutcome {}

    /** The device has acknowledged the command; that does not yet mean that it has the eSIM. */
    record Acknowledged(String eid) implements PushOutcome {}

    /**
     * The MDM has the command and the device has not answered it.
     *
     * @param word the MDM's own word for that
     */
    record Waiting(String eid, String word) implements PushOutcome {}

    /**
     * The command came to nothing for a reason that passes; a new one may be sent later.
     *
     * @param reason the MDM's words
     */
    record Again(String eid, String reason) implements PushOutcome {}

    /**
     * The MDM shows no command where one was sent, or may have been: it may not have heard of it yet, or have forgotten
     * it. Whether one is sent again is for the core to say.
     *
     * @param reason what was looked for in vain
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
