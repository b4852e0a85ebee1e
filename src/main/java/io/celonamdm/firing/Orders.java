package io.celonamdm.firing;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Applies people's decisions to a firing in progress: calls off the pull of an ended run. */
@Component
class Orders {
    private final OpenRuns runs;
    private final CallScopes scopes;
    private final CamelContext camel;
    private final Clock clock;

    Orders(OpenRuns runs, CallScopes scopes, CamelContext camel, Clock clock) {
        this.runs = runs;
        this.scopes = scopes;
        this.camel = camel;
        this.clock = clock;
    }

    /** Applies new decisions. */
    void heed(Sync sync, PullBeside pull) {
        if (pull.isUnderWay()) {
            String why = whyNoPull(sync, pull.run());
            if (why != null) {
                Failure failure = new Failure(Kind.TRANSIENT, ReasonCode.CALLED_OFF, why, clock.instant());
                scopes.of(sync.name(), Purpose.PULL).forEach(each -> each.callOff(failure, false));
            }
        }
    }

    private @Nullable String whyNoPull(Sync sync, long run) {
        if (camel.isStopping()) {
            return "the connector stops";
        }
        boolean open = runs.find(sync).map(Run::id).filter(id -> id == run).isPresent();
        return open ? null : "run %d was ended while it pulled".formatted(run);
    }
}
