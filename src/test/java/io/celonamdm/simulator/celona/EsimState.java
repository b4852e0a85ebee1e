package io.celonamdm.simulator.celona;

/** The state of an eSIM. */
public enum EsimState {
    /** In the pool. */
    AVAILABLE,
    /** Ordered at the SM-DP+ for an EID. */
    ASSIGNED,
    /** On the phone: "Provisioned" in the words of the activation document. */
    DOWNLOADED,
    /** Activated. */
    ACTIVE
}
