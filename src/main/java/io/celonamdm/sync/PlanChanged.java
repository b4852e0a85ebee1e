package io.celonamdm.sync;

import io.celonamdm.ledger.Plans.Plan;

/** Says that a plan cannot be carried out as it was made. */
public class PlanChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanChanged(Plan plan) {
        super("plan %d would admit other devices by now; make a new plan".formatted(plan.run()));
    }
}
