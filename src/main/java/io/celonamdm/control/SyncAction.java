package io.celonamdm.control;

/** What a person may ask of a sync as a whole. */
public enum SyncAction implements Action {
    /** A run is opened. */
    RUN,
    /** A run is opened that ends after the plan. */
    PLAN,
    /** A plan is carried out exactly as it was made. */
    APPROVE,
    /** No call that writes is made until the sync is resumed. */
    PAUSE,
    /** A sync that was paused, or whose run was cancelled, goes on. */
    RESUME,
    /** The quarantine ends before a probe ends it. */
    RELEASE;

    /** Whether the audit must know why; the schedule asks for a run each night without one. */
    boolean needsReason() {
        return this != RUN && this != PLAN;
    }
}
