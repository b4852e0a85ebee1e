package io.celonamdm.simulator.celona;

/** What assign-eid does when there are fewer eSIMs than rows; no document says it. */
public enum WhenPoolEmpty {
    /** The whole batch is refused with "No available eSIMs". */
    REFUSE_BATCH,
    /** The rows that get none are reported as FAILED by eid-status. */
    FAIL_ROWS
}
