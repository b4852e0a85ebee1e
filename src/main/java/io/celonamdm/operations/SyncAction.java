package io.celonamdm.operations;

import java.util.Locale;

/** What a person can ask of a sync as a whole. */
public enum SyncAction {
    RUN,
    PLAN,
    APPROVE,
    PAUSE,
    RESUME,
    RELEASE;

    /** The action as it is written in a call. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the audit must know why; what the schedule does each night as well needs no reason. */
    boolean needsReason() {
        return this != RUN && this != PLAN;
    }
}
