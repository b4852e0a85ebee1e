package io.celonamdm.celona;

import io.celonamdm.esim.ReasonCode;

/** The result of one request for a device: its activation, its name or its group. */
public sealed interface Part {

    /** It is in a list of successes. */
    record Ok() implements Part {}

    /**
     * It is in a list of failures.
     *
     * @param code what kind of failure
     * @param reason what Celona wrote
     */
    record Failed(ReasonCode code, String reason) implements Part {}

    /** It was requested and is in no list. */
    record Missing() implements Part {}

    /** It was not requested, or Celona does it without reporting it. */
    record NotAsked() implements Part {}
}
