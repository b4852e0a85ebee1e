package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallGuard;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.http.NotSent;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.ledger.run.Fence;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Keeps a firing that another replica has taken over from changing anything outside. */
@Component
public class FencedCalls implements CallGuard {
    private final Fence fence;

    FencedCalls(Fence fence) {
        this.fence = fence;
    }

    @Override
    public @Nullable SyncName sync() {
        return fence.sync();
    }

    @Override
    public void check() {
        try {
            fence.check();
        } catch (DataAccessException e) {
            throw new NotSent(
                    Obstacle.OURSELVES,
                    new Failure(
                            Kind.TRANSIENT,
                            ReasonCode.LEDGER_UNAVAILABLE,
                            "nothing was sent, because the ledger could not be asked: " + Failures.words(e),
                            null));
        }
    }
}
