package io.celonamdm.simulator.celona;

/** What eid-status says of an EID that is not processed yet; no document says it. */
public enum BeforeSuccess {
    /** The EID has the status PENDING. */
    PENDING,
    /** The EID is not in the answer. */
    OMITTED
}
