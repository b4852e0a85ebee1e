package io.celonamdm.work;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much work of a firing is in flight. Items end on threads of their own, while the firing looks for more. */
final class InFlight {
    private final Map<Work.Kind, Integer> counts = new EnumMap<>(Work.Kind.class);
    private long endings;

    synchronized void begun(Work work) {
        counts.merge(work.kind(), 1, Integer::sum);
    }

    synchronized void ended(Work work) {
        counts.computeIfPresent(work.kind(), (kind, count) -> count == 1 ? null : count - 1);
        endings++;
        notifyAll();
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    /** How many items are in flight that share the kind's limit: all calls to the MDM tenant share one. */
    synchronized int sharing(Work.Kind kind) {
        return counts.entrySet().stream()
                .filter(entry -> kind.isMdm() ? entry.getKey().isMdm() : entry.getKey() == kind)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many items have ended so far. */
    synchronized long endings() {
        return endings;
    }

    /** Waits until an item has ended beside those that were known to have, or until the time is over. */
    synchronized void awaitEnding(long known, long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        long left = milliseconds;
        while (endings == known && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }
}
