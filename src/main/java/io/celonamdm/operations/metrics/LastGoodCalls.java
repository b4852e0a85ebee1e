package io.celonamdm.operations.metrics;

import io.celonamdm.esim.SyncName;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The last successful call of each sync to each of its two vendors, by this process since its start. */
@Component
class LastGoodCalls {
    /** The key for Celona; the MDM has the name of its platform. */
    static final String CELONA = "celona";

    private final Map<Line, Call> calls = new ConcurrentHashMap<>();
    private final Clock clock;

    LastGoodCalls(Clock clock) {
        this.clock = clock;
    }

    private record Line(SyncName sync, String vendor) {}

    /**
     * A call.
     *
     * @param call the id of its step in the route files
     * @param at when it was answered
     */
    record Call(String call, Instant at) {}

    /** Records a successful call. */
    void note(Sync sync, boolean celona, String call) {
        calls.put(
                new Line(sync.name(), celona ? CELONA : sync.platform()),
                new Call(call, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** The calls of a sync by vendor, without vendors that were not called. */
    Map<String, Call> of(Sync sync) {
        Map<String, Call> ofSync = new TreeMap<>();
        for (String vendor : new String[] {CELONA, sync.platform()}) {
            Call call = calls.get(new Line(sync.name(), vendor));
            if (call != null) {
                ofSync.put(vendor, call);
            }
        }
        return ofSync;
    }
}
