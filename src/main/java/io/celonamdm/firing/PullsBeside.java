package io.celonamdm.firing;

import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.run.Run;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a firing about its pull. */
@Component
public class PullsBeside {
    private final OpenRuns runs;
    private final FiringLease lease;

    PullsBeside(OpenRuns runs, FiringLease lease) {
        this.runs = runs;
        this.lease = lease;
    }

    /** Begins a pull beside the firing's work. */
    public void begins(@ExchangeProperty("firing") Firing firing) {
        firing.pull().begins(runs.find(firing.sync()).map(Run::id).orElse(0L));
    }

    /** Records that the platform has shown its devices. */
    public void shown(
            @ExchangeProperty("firing") Firing firing,
            @ExchangeProperty("pull") Pull pull,
            @ExchangeProperty("taking") @Nullable Object taking) {
        firing.pull().shown(pull, taking);
    }

    /** Records the end of the pull, successful or not. */
    public void ended(@ExchangeProperty("firing") Firing firing) {
        lease.leave();
        firing.pull().ended();
        firing.inFlight().wake();
    }

    /** Whether there is a pull to plan from. */
    public boolean hasShown(@ExchangeProperty("firing") Firing firing) {
        return firing.pull().isShown();
    }

    /** The files that the pull has read. The firing's report, which runs on another exchange, puts them away. */
    public @Nullable Object taking(@ExchangeProperty("firing") Firing firing) {
        return firing.pull().taking();
    }

    /** The pull to plan from. */
    public Pull take(@ExchangeProperty("firing") Firing firing) {
        return firing.pull().take();
    }
}
