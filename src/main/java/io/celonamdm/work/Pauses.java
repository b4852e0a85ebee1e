package io.celonamdm.work;

import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Has a route wait for a moment; the wait ends at once when what the route does is called off. */
@Component
public class Pauses {
    /** Made by the routes that wait. */
    public Pauses() {}

    /**
     * Waits.
     *
     * @throws io.celonamdm.http.KnownFailure if the pull or the work was called off
     */
    public void await(long milliseconds) throws InterruptedException {
        CallScope scope = CallScopes.current();
        // a preflight is made for nobody but the person who waits for it
        (scope == null ? new CallScope("", Purpose.WORK) : scope).pause(Duration.ofMillis(milliseconds));
    }
}
