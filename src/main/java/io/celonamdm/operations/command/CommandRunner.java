package io.celonamdm.operations.command;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.control.SyncAction;
import io.celonamdm.control.SyncControl;
import io.celonamdm.ledger.database.OtherProcesses;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.planning.Preview;
import io.celonamdm.planning.PreviewReport;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/** Executes the command line, and reports the outcome by the exit code. */
@Component
class CommandRunner implements ApplicationRunner, ExitCodeGenerator {
    /** The group of the job in {@code routes/notify.camel.yaml}. */
    private static final String NOTIFY = "notify";

    private final ConfigurableEnvironment environment;
    private final Syncs syncs;
    private final Runs runs;
    private final Reports reports;
    private final DeviceCounts counts;
    private final SyncControl control;
    private final SyncStates states;
    private final SyncTrigger trigger;
    private final Preview preview;
    private final OtherProcesses others;
    private final Scheduler scheduler;
    private final Watch watch;
    private final PreflightCommand preflight;
    private final ConfirmCommand confirm;
    private final Needs needs;
    private final AtomicReference<@Nullable Run> awaited = new AtomicReference<>();
    private volatile boolean stopping;
    private int exitCode = ExitCode.DONE.number();

    CommandRunner(
            ConfigurableEnvironment environment,
            Syncs syncs,
            Runs runs,
            Reports reports,
            DeviceCounts counts,
            SyncControl control,
            SyncStates states,
            SyncTrigger trigger,
            Preview preview,
            OtherProcesses others,
            Scheduler scheduler,
            Watch watch,
            PreflightCommand preflight,
            ConfirmCommand confirm,
            Needs needs) {
        this.environment = environment;
        this.syncs = syncs;
        this.runs = runs;
        this.reports = reports;
        this.counts = counts;
        this.control = control;
        this.states = states;
        this.trigger = trigger;
        this.preview = preview;
        this.others = others;
        this.scheduler = scheduler;
        this.watch = watch;
        this.preflight = preflight;
        this.confirm = confirm;
        this.needs = needs;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    @Override
    public void run(ApplicationArguments arguments) throws SchedulerException, InterruptedException {
        Optional<Command> command = Command.of(environment);
        if (command.isEmpty()) {
            return;
        }
        if (stopping) {
            System.err.println("stopped before it began; nothing was started or sent.");
            throw new AbandonedRunException();
        }
        try {
            exitCode = command.get().exitCode(ending(command.get()));
        } catch (RuntimeException | SchedulerException e) {
            if (stopping) {
                // what it needs is being closed around it: no failure, and told already unless it came in between
                tellWhatGoesOn();
                throw new AbandonedRunException();
            }
            throw e;
        }
    }

    private ExitCode ending(Command command) throws SchedulerException, InterruptedException {
        try {
            return carryOut(command);
        } catch (RequestRejected e) {
            System.err.println(e.text());
            return ExitCode.REFUSED;
        }
    }

    private ExitCode carryOut(Command command) throws SchedulerException, InterruptedException {
        if (command.kind() == Command.Kind.PREFLIGHT) {
            return preflight.carryOut(command.sync());
        }
        Sync sync = RequestParameters.sync(syncs, command.sync());
        if (others.serve(sync.name(), scheduler.getSchedulerName())) {
            throw RequestRejected.conflict(("another connector serves sync %1$s on this ledger; ask it instead: "
                            + "POST /actuator/%2$s with {\"action\":\"%3$s\"} at its management port")
                    .formatted(
                            sync.name(),
                            command.kind() == Command.Kind.CONFIRM
                                    ? "devices/%s/<eid>".formatted(sync.name())
                                    : "syncs/" + sync.name(),
                            command.kind().option()));
        }
        if (command.kind() == Command.Kind.CONFIRM) {
            return confirm.carryOut(sync, command.eids());
        }
        boolean planOnly = command.kind() == Command.Kind.PLAN;
        Run left = runs.open(sync.name()).orElse(null);
        if (left != null && left.planOnly() != planOnly) {
            throw RequestRejected.conflict("run %d of sync %s is open, which %s; --%s goes on with it"
                    .formatted(
                            left.id(),
                            sync.name(),
                            left.planOnly() ? "makes a plan" : "is no plan",
                            left.planOnly() ? "plan" : "run"));
        }
        if (left == null) {
            control.take(planOnly ? SyncAction.PLAN : SyncAction.RUN, sync, "command line");
        }
        Run run = runs.open(sync.name()).orElseThrow();
        trigger.wake(sync);
        awaited.set(run);
        Run closed = awaitEnd(sync, run.id());
        awaited.set(null);
        tellPeople();
        return planOnly ? showPlan(sync, command, closed) : showRun(sync, closed);
    }

    /** Ctrl-C, or another signal, while a run is awaited: the process ends with 128 and the signal's number. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        tellWhatGoesOn();
    }

    private void tellWhatGoesOn() {
        // the management port is a context of its own, whose end is heard of here as well
        Run open = awaited.getAndSet(null);
        if (open != null) {
            System.err.println(
                    ("stopping: run %1$d of sync %2$s is still open. Calls in flight finish, each device keeps its"
                                    + " step, and nothing is lost.%nThe next --%3$s=%2$s, or a connector that serves %2$s, goes on"
                                    + " with it.")
                            .formatted(open.id(), open.sync(), open.planOnly() ? "plan" : "run"));
        }
    }

    private Run awaitEnd(Sync sync, long id) throws InterruptedException {
        try (Progress progress = new Progress(sync.name())) {
            watch.until(() -> {
                Run run = runs.find(id).orElseThrow();
                if (run.closedAt() == null) {
                    progress.show(reports.report(run));
                }
                return run.closedAt() != null || isQuarantined(sync);
            });
        }
        return runs.find(id).orElseThrow();
    }

    /** A probe is minutes or hours away, and is left to the next call. */
    private boolean isQuarantined(Sync sync) {
        return states.find(sync.name()).map(SyncState::quarantine).isPresent();
    }

    /** What the run has brought is told now, and not at the next call. */
    private void tellPeople() throws SchedulerException, InterruptedException {
        for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(NOTIFY))) {
            scheduler.triggerJob(job);
            // the trigger beside the usual one is there until the job has ended
            watch.until(() -> scheduler.getTriggersOfJob(job).size() <= 1);
        }
    }

    private ExitCode showPlan(Sync sync, Command command, Run run) {
        PreviewReport plan = preview.of(sync, command.limit(), "");
        PlanPrinter.print(plan, command.csv(), Terminal.result());
        System.err.println("%s: %s%s%s%s"
                .formatted(
                        Counted.words(plan.devices(), "device"),
                        plan.byOutcome(),
                        plan.guard() == null ? "" : "; guard " + plan.guard() + " would hold the new ones back",
                        plan.pool() == null ? "" : "; " + plan.pool().words(),
                        plan.matching() > plan.rows().size()
                                ? "; the first %d are shown, see --limit"
                                        .formatted(plan.rows().size())
                                : ""));
        return run.outcome() == null ? unfinished(sync) : ExitCode.of(run.outcome());
    }

    private ExitCode showRun(Sync sync, Run run) {
        if (Terminal.isThere() && run.closedAt() != null) {
            Terminal.result().println(reports.text(run));
        }
        List<Need> open = needs.of(sync);
        open.forEach(need -> System.err.println(
                "%s: %s (%s) %s".formatted(need.words(), need.meaning(), need.reason(), need.todo())));
        boolean waiting = !counts.waitingByStep(sync.name()).isEmpty();
        return run.outcome() == null ? unfinished(sync) : ExitCode.of(run.outcome(), !open.isEmpty(), waiting);
    }

    /** A run is left open for the probe of a quarantine. */
    private ExitCode unfinished(Sync sync) {
        return isQuarantined(sync) ? ExitCode.QUARANTINED : ExitCode.FAILED;
    }
}
