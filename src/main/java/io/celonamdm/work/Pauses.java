package io.celonamdm.work;

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
        CallScopes.pause(Duration.ofMillis(milliseconds));
    }
}
