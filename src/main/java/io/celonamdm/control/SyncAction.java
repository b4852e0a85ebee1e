package io.celonamdm.control;

/** Actions for a whole sync. */
public enum SyncAction implements Action {
    /** Opens a run. */
    RUN,
    /** Opens a run that ends after the plan. */
    PLAN,
    /** Carries out a plan exactly as it was made. */
    APPROVE,
    /** Prevents calls that write until the sync is resumed. */
    PAUSE,
    /** Continues a sync that was paused, or whose run was cancelled. */
    RESUME,
    /** Ends the quarantine before a probe does. */
    RELEASE;

    /** Whether the audit requires a reason; the schedule opens a run each night without one. */
    boolean needsReason() {
        return this != RUN && this != PLAN;
    }
}
