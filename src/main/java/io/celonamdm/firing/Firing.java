package io.celonamdm.firing;

import io.celonamdm.esim.Step;
import io.celonamdm.http.HostLimits;
import io.celonamdm.ledger.database.LedgerTrouble;
import io.celonamdm.ledger.device.FailureCounters.FailureCount;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.logging.LogScope;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DueWork;
import io.celonamdm.work.DueWorkPolicy;
import io.celonamdm.work.DueWorkPolicy.AllowedWork;
import io.celonamdm.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a sync's job: hands out work as it becomes due, several items at a time, and ends when nothing is in
 * flight or due soon, or when its slice is over. A pull runs beside the work and keeps the firing going; its plan waits
 * until nothing is in flight. Only the firing's own thread asks for work; items end on any thread.
 */
public final class Firing {
    /** Work due this soon is waited for, such as the first activation after a push; later work gets a trigger. */
    private static final Duration SOON = DueWork.FIRST_ACTIVATION.plusSeconds(1);

    /** How soon due work without room is checked again, unless an item ends first. */
    private static final Duration NO_ROOM = Duration.ofMillis(50);

    /** Longest time before a firing that waits, or has pushes left, re-checks whether to yield or take other work. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final Sync sync;
    private final long number;
    private final DueWorkPolicy dueWorkPolicy;
    private final DueWork dueWork;
    private final OpenRuns runs;
    private final Map<Step, FailureCount> failures;
    private final Map<Step, FailureCount> failuresAtFirst;
    private final Slice slice;
    private final Clock clock;
    private final InFlight inFlight;
    private final Deque<Work> taken = new ArrayDeque<>();
    private final PushesAhead ahead;
    private Instant looked = Instant.MIN;

    /** What the sync may do, if the present turn has looked and found nothing due. */
    private @Nullable AllowedWork idle;

    private @Nullable Work next;

    Firing(
            Sync sync,
            long number,
            DueWorkPolicy dueWorkPolicy,
            DueWork dueWork,
            OpenRuns runs,
            HostLimits limits,
            Map<Step, FailureCount> failures,
            Slice slice,
            Clock clock) {
        this.sync = sync;
        this.number = number;
        this.dueWorkPolicy = dueWorkPolicy;
        this.dueWork = dueWork;
        this.runs = runs;
        this.inFlight = new InFlight(limits);
        this.ahead = new PushesAhead(sync, dueWork);
        this.failures = failures;
        this.failuresAtFirst = Map.copyOf(failures);
        this.slice = slice;
        this.clock = clock;
    }

    /** The sync that fires. */
    public Sync sync() {
        return sync;
    }

    /** The failure counts of the sync, by step. */
    Map<Step, FailureCount> failures() {
        return failures;
    }

    /** Those that differ from when it began. */
    Map<Step, FailureCount> changedFailures() {
        synchronized (failures) {
            Map<Step, FailureCount> changed = new EnumMap<>(Step.class);
            failures.forEach((step, count) -> {
                if (!count.equals(failuresAtFirst.get(step))) {
                    changed.put(step, count);
                }
            });
            return changed;
        }
    }

    /** Its fencing token among the firings of the sync. */
    long number() {
        return number;
    }

    /**
     * Waits for work.
     *
     * @return false once the firing has ended, with nothing left in flight
     */
    public boolean hasNext() throws InterruptedException {
        while (true) {
            long endings = inFlight.endings();
            Duration pause = lookForNext(endings);
            if (next != null) {
                slice.handedOut();
                return true;
            }
            if (ahead.isEmpty() && inFlight.isEmpty() && !pull().isUnderWay() && pause.compareTo(SOON) >= 0) {
                return false;
            }
            // an item that ends wakes this up
            inFlight.awaitEnding(endings, Math.max(NO_ROOM.toMillis(), Math.min(pause.toMillis(), NOTICE.toMillis())));
        }
    }

    /** Takes up work, if there is any; returns how long to wait if there is none. */
    private Duration lookForNext(long endings) {
        try {
            idle = null;
            slice.goesOn();
            boolean over = slice.isOver();
            if (over) {
                ahead.putBack();
            } else if (taken.isEmpty()) {
                takeUp();
            }
            next = taken.poll();
            return next != null
                    ? Duration.ZERO
                    : ahead.isEmpty() ? untilDue(over, endings) : ahead.room(inFlight) > 0 ? NO_ROOM : NOTICE;
        } catch (RuntimeException e) {
            next = null;
            if (!LedgerTrouble.is(e) || (inFlight.isEmpty() && !pull().isUnderWay())) {
                throw e;
            }
            // answers are recorded once the ledger is back; another firing would treat them as missing
            return NOTICE;
        }
    }

    /** The pull that runs beside the work. */
    PullBeside pull() {
        return slice.pull();
    }

    /** The work that {@link #hasNext()} found. */
    public Work next() {
        if (next == null) {
            throw new IllegalStateException("no work was found");
        }
        return next;
    }

    /** The work that it has handed out. */
    InFlight inFlight() {
        return inFlight;
    }

    private void begin(Work work) {
        inFlight.begun(work);
        taken.add(work);
    }

    private Duration untilDue(boolean over, long endings) {
        boolean changed = inFlight.isEmpty() && !pull().isUnderWay() && runs.closeIfOver(sync);
        if (over) {
            return SOON;
        }
        // what the look has seen holds as long as nothing has ended since
        Optional<Instant> due = idle != null && !changed && inFlight.endings() == endings
                ? idle.next()
                : dueWorkPolicy.nextCall(sync, Optional.empty());
        return due.map(time -> Duration.between(clock.instant(), time)).orElse(SOON);
    }

    private void takeUp() {
        if (!ahead.isEmpty() && (ahead.isTooLarge() || !dueWorkPolicy.mayCall(sync))) {
            ahead.putBack();
        }
        Instant now = clock.instant();
        if (ahead.isEmpty() || !now.isBefore(looked.plus(NOTICE))) {
            looked = now;
            look();
        }
        while (!ahead.isEmpty() && ahead.room(inFlight) > 0) {
            begin(ahead.next());
        }
    }

    private void look() {
        AllowedWork allowed = dueWorkPolicy.allowed(sync);
        if (allowed.isEmpty()) {
            idle = allowed;
            return;
        }
        Optional<Quarantine> quarantine = allowed.quarantine();
        boolean probing = quarantine.isPresent();
        if (probing
                && (!inFlight.isEmpty()
                        || pull().isUnderWay()
                        || clock.instant().isBefore(quarantine.get().until()))) {
            // a quarantined sync makes one call as a probe, when it is due, and no other
            return;
        }
        if (allowed.redrive()) {
            dueWork.redrive(sync);
        }
        Run run = runs.find(sync).orElse(null);
        LogScope.run(run == null ? null : run.id());
        for (Work.Kind kind : allowed.kinds()) {
            int room = kind == Work.Kind.PUSH
                    ? ahead.room(inFlight)
                    : inFlight.room(sync, kind, dueWork.limit(sync, kind));
            if (room > 0 && probing) {
                List<Work> probe = dueWork.probe(sync, kind, run);
                probe.forEach(this::begin);
                if (!probe.isEmpty()) {
                    return;
                }
            } else if (room > 0 && kind != Work.Kind.PUSH) {
                dueWork.take(sync, kind, run, room).forEach(this::begin);
            } else if (room > 0 && ahead.isEmpty()) {
                ahead.take(run, room);
            }
        }
    }
}
