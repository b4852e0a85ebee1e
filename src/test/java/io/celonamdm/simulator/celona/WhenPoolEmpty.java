package io.celonamdm.simulator.celona;

/** The behaviour of assign-eid with fewer eSIMs than rows; no document specifies it. */
public enum WhenPoolEmpty {
    /** The whole batch is refused with "No available eSIMs". */
    REFUSE_BATCH,
    /** The rows that get none are reported as FAILED by eid-status. */
    FAIL_ROWS
}
