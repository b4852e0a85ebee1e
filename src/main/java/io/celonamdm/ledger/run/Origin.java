package io.celonamdm.ledger.run;

import io.celonamdm.esim.Step;

/** The part of a sync's work whose failure opened its quarantine. */
public enum Origin {
    /** The MDM is asked for its devices, at night or by day. */
    INVENTORY,
    ASSIGN,
    AWAIT,
    PUSH,
    ACTIVATE,
    CONFIRM;

    /** The origin that is a step. */
    public static Origin of(Step step) {
        return valueOf(step.name());
    }
}
