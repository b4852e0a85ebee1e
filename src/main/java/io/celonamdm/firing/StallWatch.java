package io.celonamdm.firing;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.logging.LogScope;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.work.Quarantines;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Calls off a firing, pull or work item that makes no progress, wherever it hangs; has a thread of its own. It
 * quarantines the sync, which notifies people once and probes it until it works again. A pull or an item that
 * progresses without an end is called off after the sync's run-window.
 */
@Component
class StallWatch implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

    private final CallScopes scopes;
    private final ElasticThreads workers;
    private final Syncs syncs;
    private final Quarantines quarantines;
    private final Duration stall;
    private final Clock clock;
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(WorkThreads.daemons("watch-"));
    /** Notices need the ledger, which may be what hangs. */
    private final ScheduledExecutorService words =
            Executors.newSingleThreadScheduledExecutor(WorkThreads.daemons("watch-tells-"));

    StallWatch(
            CallScopes scopes,
            @Qualifier("workers") ElasticThreads workers,
            Syncs syncs,
            Quarantines quarantines,
            ConnectorSettings settings,
            Clock clock) {
        this.scopes = scopes;
        this.workers = workers;
        this.syncs = syncs;
        this.quarantines = quarantines;
        this.stall = settings.stall();
        this.clock = clock;
    }

    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        var unused = ticks.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        ticks.shutdownNow();
        words.shutdownNow();
    }

    private void look() {
        try {
            workers.adjust();
            scopes.all().forEach(this::look);
        } catch (RuntimeException e) {
            LOG.error("the watch over firings failed, and goes on", e);
        }
    }

    private void look(CallScope scope) {
        Sync sync = syncs.find(scope.sync()).orElse(null);
        if (scope.silence().compareTo(stall) >= 0) {
            String what = "a %s has made no progress for %d s".formatted(word(scope), stall.toSeconds());
            callOff(scope, what);
            scope.wake();
            // if it still hangs, it is called off again after the same time
            scope.getsOn();
            if (sync != null) {
                words.execute(() -> LogScope.about(
                        sync.name(), null, () -> quarantines.open(sync, null, ReasonCode.STALLED, what)));
            }
        } else if (sync != null
                && scope.purpose() != Purpose.FIRING
                && scope.age().compareTo(sync.settings().runWindow()) >= 0) {
            callOff(
                    scope,
                    "a %s came to no end within run-window, %d minutes"
                            .formatted(word(scope), sync.settings().runWindow().toMinutes()));
        }
    }

    private void callOff(CallScope scope, String why) {
        scope.callOff(new Failure(Kind.TRANSIENT, ReasonCode.STALLED, why, clock.instant()), true);
    }

    private static String word(CallScope scope) {
        return switch (scope.purpose()) {
            case FIRING -> "firing";
            case PULL -> "pull";
            case WORK -> "call";
        };
    }
}
