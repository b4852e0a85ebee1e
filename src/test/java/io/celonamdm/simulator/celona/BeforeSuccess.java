package io.celonamdm.simulator.celona;

/** The answer of eid-status for an EID that is not processed yet; no document specifies it. */
public enum BeforeSuccess {
    /** The EID has the status PENDING. */
    PENDING,
    /** The EID is not in the answer. */
    OMITTED
}
