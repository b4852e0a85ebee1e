package io.celonamdm.firing;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.http.HostLimits;
import io.celonamdm.ledger.database.ReplicaLoads;
import io.celonamdm.ledger.device.FailureCounters;
import io.celonamdm.ledger.device.FailureCounters.DeviceOutcome;
import io.celonamdm.ledger.device.FailureCounters.FailureCount;
import io.celonamdm.ledger.device.InterruptedWork;
import io.celonamdm.ledger.device.InterruptedWork.Settled;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.logging.LogScope;
import io.celonamdm.schedule.Triggers;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import io.celonamdm.work.Comparing;
import io.celonamdm.work.DueWork;
import io.celonamdm.work.DueWorkPolicy;
import io.celonamdm.work.Interruptions;
import io.celonamdm.work.Quarantines;
import io.celonamdm.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins and ends firings of the syncs' jobs. What a firing does follows from the ledger, never its trigger. */
@Component
public class Firings {
    private static final Logger LOG = LoggerFactory.getLogger(Firings.class);

    private final Syncs syncs;
    private final FiringLease lease;
    private final InterruptedWork interruptedWork;
    private final OpenRuns runs;
    private final DueWorkPolicy dueWorkPolicy;
    private final DueWork dueWork;
    private final Quarantines quarantines;
    private final Comparing comparing;
    private final Breaker breaker;
    private final FailureCounters failures;
    private final Triggers triggers;
    private final HostLimits limits;
    private final ReplicaLoads loads;
    private final Interruptions interruptions;
    private final Clock clock;
    private final Duration slice;

    Firings(
            Syncs syncs,
            FiringLease lease,
            InterruptedWork interruptedWork,
            OpenRuns runs,
            DueWorkPolicy dueWorkPolicy,
            DueWork dueWork,
            Quarantines quarantines,
            Comparing comparing,
            Breaker breaker,
            FailureCounters failures,
            Triggers triggers,
            HostLimits limits,
            ReplicaLoads loads,
            Interruptions interruptions,
            Clock clock,
            ConnectorSettings settings) {
        this.syncs = syncs;
        this.lease = lease;
        this.interruptedWork = interruptedWork;
        this.runs = runs;
        this.dueWorkPolicy = dueWorkPolicy;
        this.dueWork = dueWork;
        this.quarantines = quarantines;
        this.comparing = comparing;
        this.breaker = breaker;
        this.failures = failures;
        this.triggers = triggers;
        this.limits = limits;
        this.loads = loads;
        this.interruptions = interruptions;
        this.clock = clock;
        this.slice = settings.workSlice();
    }

    /** Settles what an earlier firing left, opens the nightly run if it is due, and goes on with a comparison. */
    public Firing begin(@ExchangeProperty("sync") Sync sync) {
        long number = lease.begin(sync);
        LogScope.run(runs.find(sync).map(Run::id).orElse(null));
        Settled settled =
                interruptedWork.isAnyLeft(sync.name()) ? interruptedWork.settle(sync.name()) : Settled.NOTHING;
        if (settled.resumed() + settled.inDoubt() > 0) {
            LOG.warn(
                    "an earlier firing was cut short: {} resumed, {} in doubt",
                    Counted.words(settled.resumed(), "device"),
                    settled.inDoubt());
        }
        runs.openNightly(sync);
        comparing.goOn(sync);
        return new Firing(
                sync,
                number,
                dueWorkPolicy,
                dueWork,
                runs,
                limits,
                failures.of(sync.name()),
                new Slice(sync, runs, loads, interruptions, clock, slice),
                clock);
    }

    /** Whether the sync's open run asks for a pull that is due. */
    public boolean wantsPull(@ExchangeProperty("sync") Sync sync) {
        return runs.pullIsDue(sync);
    }

    /**
     * Waits until a push may call the MDM tenant, within the number of concurrent calls in the settings.
     *
     * @return false if the call must not be made, because the sync was stopped or changed during the wait
     */
    public boolean mayCall(@ExchangeProperty("firing") Firing firing, @ExchangeProperty("work") Work work)
            throws InterruptedException {
        Sync sync = firing.sync();
        boolean waited = firing.inFlight().calls(work, sync.mdm().maxConcurrency());
        boolean may = !waited || (dueWorkPolicy.mayCall(sync) && !interruptions.mustYield(sync));
        if (!may) {
            firing.inFlight().withdrawn(work);
        }
        return may;
    }

    /** Frees the place of a push that the tenant has answered. */
    public void called(@ExchangeProperty("firing") Firing firing, @ExchangeProperty("work") Work work) {
        firing.inFlight().called(work);
    }

    /**
     * Ends work that the firing handed out; a probe that was answered ends the quarantine.
     *
     * @param unanswered whether its call failed, and not by a refusal
     */
    public void ended(
            @ExchangeProperty("firing") Firing firing,
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("unanswered") @Nullable Boolean unanswered) {
        try {
            settle(firing, work, Boolean.TRUE.equals(unanswered));
        } finally {
            lease.leave();
            firing.inFlight().ended(work);
        }
    }

    private void settle(Firing firing, Work work, boolean unanswered) {
        Step step = work.kind().step();
        List<DeviceOutcome> outcomes = step == null ? List.of() : failures.outcomes(work.ids());
        if (!firing.inFlight().isWithdrawn(work)) {
            breaker.ended(work, outcomes, firing.failures());
            // an unlisted command shows that the MDM answers queries, not that it takes commands again
            boolean unlisted = !outcomes.isEmpty() && outcomes.stream().allMatch(Firings::isUnlisted);
            if (step != null && !unanswered && !unlisted) {
                quarantines.answered(firing.sync(), Origin.of(step));
            }
        }
        // almost never the case
        if (step != null && outcomes.stream().anyMatch(each -> each.place() == Place.IN_FLIGHT)) {
            settleLeft(work, step);
        }
    }

    private static boolean isUnlisted(DeviceOutcome outcome) {
        return outcome.place() == Place.WAITING && outcome.code() == ReasonCode.COMMAND_UNLISTED;
    }

    private void settleLeft(Work work, Step step) {
        Instant due = clock.instant().plus(work.sync().retry().after(work.attempts() + 1));
        int left = interruptedWork.settleLeft(step, work.devices(), due);
        if (left > 0) {
            LOG.error(
                    "{} ended without an outcome for {}; settled as if the process had ended",
                    work.kind(),
                    Counted.words(left, "device"));
        }
    }

    /** Closes the run if nothing of it is due inside its window, and sets the trigger for the next due work. */
    public void end(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("firing") Firing firing)
            throws SchedulerException {
        Map<Step, FailureCount> changed = firing.changedFailures();
        if (!changed.isEmpty()) {
            failures.keep(sync.name(), changed);
        }
        runs.closeIfOver(sync);
        // after a firing that yielded to changed settings, these decide what is due next
        Sync now = syncs.find(sync.name()).orElse(sync);
        Optional<Instant> next = dueWorkPolicy.nextFiring(now, runs.find(now));
        if (next.isPresent()) {
            triggers.dueAt(sync.name(), next.get());
        }
    }
}
