package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallGuard;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.NotSent;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.sync.Syncs;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps a firing from changing anything outside once another replica has taken it over, or its sync was stopped. It asks
 * the ledger for each call: a step may look for something first, and be stopped meanwhile.
 */
@Component
public class FencedCalls implements CallGuard {
    private final Fence fence;
    private final Syncs syncs;
    private final SyncStates states;

    FencedCalls(Fence fence, Syncs syncs, SyncStates states) {
        this.fence = fence;
        this.syncs = syncs;
        this.states = states;
    }

    @Override
    public @Nullable SyncName sync() {
        return fence.sync();
    }

    @Override
    public void check() {
        try {
            fence.check();
            checkStop();
        } catch (DataAccessException | TransactionException e) {
            throw new NotSent(
                    Obstacle.OURSELVES,
                    new Failure(
                            Kind.TRANSIENT,
                            ReasonCode.LEDGER_UNAVAILABLE,
                            "nothing was sent, because the ledger could not be asked: " + Failures.words(e),
                            null));
        }
    }

    /** A pull goes on while its sync is stopped: it changes nothing, whatever the method of its calls. */
    private void checkStop() {
        CallScope scope = CallScopes.current();
        if (scope == null || scope.purpose() != Purpose.WORK) {
            return;
        }
        SyncName name = scope.sync();
        boolean writes = syncs.find(name)
                .filter(sync -> DueWorkPolicy.writes(sync, states.find(name)))
                .isPresent();
        if (!writes) {
            throw new KnownFailure(new Failure(
                    Kind.TRANSIENT,
                    ReasonCode.CALLED_OFF,
                    "the call was not made, because sync %s was stopped".formatted(name),
                    null));
        }
    }
}
