package io.celonamdm.celona;

import io.celonamdm.esim.ReasonCode;

/** What became of one thing that was asked for a device: its activation, its name or its group. */
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

    /** It was asked for and is in no list. */
    record Missing() implements Part {}

    /** It was not asked for, or Celona does it without saying so. */
    record NotAsked() implements Part {}
}
