package io.celonamdm.work;

import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets a route wait; the wait ends at once if the route's work is called off. */
@Component
public class Pauses {
    /** Instantiated by the routes that wait. */
    public Pauses() {}

    /**
     * Waits.
     *
     * @throws io.celonamdm.http.KnownFailure if the pull or the work was called off
     */
    public void await(long milliseconds) throws InterruptedException {
        CallScope scope = CallScopes.current();
        // without a scope, this is a preflight, which only a person waits for
        (scope == null ? new CallScope(new SyncName(""), Purpose.WORK) : scope).pause(Duration.ofMillis(milliseconds));
    }
}
