package io.celonamdm.simulator;

/** The mishaps of the demo, each for one phone. */
public enum DemoMishap {
    /** eid-status reports FAILED for it, for good. */
    REFUSED_EID,
    /** Activation finds no IMSI for its eSIM. */
    UNKNOWN_ICCID,
    /** Its MDM group maps to a Celona group that does not exist. */
    UNKNOWN_GROUP,
    /** It answers the refresh command with Apple's error 36002, for good. */
    UNSUPPORTED_HARDWARE,
    /** It answers once with Apple's error 36003, then it is fine. */
    BUSY,
    /** It is switched off. */
    OFFLINE,
    /** The answer of activation does not mention its eSIM. */
    VANISHING_ICCID,
    /** Its eSIM is already in some device group. */
    ALREADY_IN_GROUP,
    /** A tablet without a modem, hence without an EID. */
    WIFI_ONLY,
    /** Its EID went through a spreadsheet. */
    SCIENTIFIC_EID,
    /** It was wiped and enrolled again; the older record is still there. */
    ENROLLED_TWICE,
    /** It belongs to its user. */
    PERSONAL
}
