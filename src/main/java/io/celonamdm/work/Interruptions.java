package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** Ends work early: the connector stops, the settings of the sync change, or a person ends its run. */
@Component
public class Interruptions {
    private final Runs runs;
    private final Syncs syncs;
    private final CallScopes scopes;
    private final CamelContext camel;
    private final Clock clock;

    Interruptions(Runs runs, Syncs syncs, CallScopes scopes, CamelContext camel, Clock clock) {
        this.runs = runs;
        this.syncs = syncs;
        this.scopes = scopes;
        this.camel = camel;
        this.clock = clock;
    }

    /** Whether a firing must yield, because the connector stops or the settings of its sync have changed. */
    public boolean mustYield(Sync sync) {
        return camel.isStopping() || syncs.isOutdated(sync);
    }

    /** Calls off the pull of a run that has ended, or of any run while the connector stops. */
    public void checkPull(Sync sync, long run) {
        check(sync, run, "run %d was ended while it pulled", scopes.of(sync.name(), Purpose.PULL));
    }

    /**
     * Calls off the plan that this thread makes, likewise. A plan is all or nothing, so nothing is changed then.
     *
     * @throws io.celonamdm.http.KnownFailure if it was called off
     */
    void checkPlan(Sync sync, long run) {
        check(sync, run, "run %d was ended while it was planned", Stream.ofNullable(CallScopes.current()));
        CallScopes.goesOn();
    }

    private void check(Sync sync, long run, String ended, Stream<CallScope> work) {
        boolean stopping = camel.isStopping();
        if (!stopping
                && runs.open(sync.name()).map(Run::id).filter(id -> id == run).isPresent()) {
            return;
        }
        String why = stopping ? "the connector stops" : ended.formatted(run);
        Failure failure = new Failure(Failure.Kind.TRANSIENT, ReasonCode.CALLED_OFF, why, clock.instant());
        work.forEach(each -> each.callOff(failure, false));
    }
}
