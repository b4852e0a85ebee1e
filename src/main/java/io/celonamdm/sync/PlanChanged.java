package io.celonamdm.sync;

import io.celonamdm.ledger.Plans.Plan;

/** Thrown when a plan no longer admits the same devices. */
public class PlanChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanChanged(Plan plan) {
        super("plan %d would admit other devices by now; make a new plan".formatted(plan.run()));
    }
}
