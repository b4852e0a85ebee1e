package io.celonamdm.work;

import io.celonamdm.device.InventoryPage;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.inventory.BrokenRecords;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.logging.LogScope;
import io.celonamdm.plan.BackOff;
import io.celonamdm.planning.Planner;
import io.celonamdm.recovery.Evidence;
import io.celonamdm.recovery.SeenEsims;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Processes what a platform's pull route emits. */
@Component
public class Pulls {
    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);
    private static final BackOff AGAIN = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(15));

    /** Failures that a longer wait does not fix: a file that was still being written is complete by then. */
    private static final Set<ReasonCode> BY_A_PERSON =
            EnumSet.of(ReasonCode.FILE_UNREADABLE, ReasonCode.FOLDER_UNUSABLE, ReasonCode.NO_KNOWN_SYSTEM);

    private static final int ENOUGH_TRIES = 3;
    private static final int CHUNK = 1000;

    private final Runs runs;
    private final Inventory inventory;
    private final BrokenRecords broken;
    private final Planner planner;
    private final Evidence evidence;
    private final SeenEsims seenEsims;
    private final DoubtResolver doubtResolver;
    private final ProfileChanges profileChanges;
    private final Quarantines quarantines;
    private final Comparing comparing;
    private final Failures failures;
    private final Fence fence;
    private final Interruptions interruptions;
    private final Clock clock;

    Pulls(
            Runs runs,
            Inventory inventory,
            BrokenRecords broken,
            Planner planner,
            Evidence evidence,
            SeenEsims seenEsims,
            DoubtResolver doubtResolver,
            ProfileChanges profileChanges,
            Quarantines quarantines,
            Comparing comparing,
            Failures failures,
            Fence fence,
            Interruptions interruptions,
            Clock clock) {
        this.runs = runs;
        this.inventory = inventory;
        this.broken = broken;
        this.planner = planner;
        this.evidence = evidence;
        this.seenEsims = seenEsims;
        this.doubtResolver = doubtResolver;
        this.profileChanges = profileChanges;
        this.quarantines = quarantines;
        this.comparing = comparing;
        this.failures = failures;
        this.fence = fence;
        this.interruptions = interruptions;
        this.clock = clock;
    }

    /** Begins the pull that the sync's open run asks for. */
    public Pull begin(@ExchangeProperty("sync") Sync sync) {
        Run run = runs.open(sync.name())
                .orElseThrow(() -> new IllegalStateException("no run of sync " + sync.name() + " is open"));
        LogScope.run(run.id());
        LOG.info("run {} begins: pulling devices from {}", run.id(), sync.platform());
        return inventory.begin(run);
    }

    /** Stages one page of devices in the background; the MDM's next page need not wait for it. */
    public void page(
            @ExchangeProperty("sync") Sync sync, @ExchangeProperty("pull") Pull pull, @Body InventoryPage page) {
        CallScopes.goesOn();
        pull.stageBeside(fence.carriedInto(() -> {
            for (int from = 0; from < page.devices().size(); from += CHUNK) {
                int end = Math.min(page.devices().size(), from + CHUNK);
                inventory.stage(
                        pull, page.devices().subList(from, end), sync.mdm().eidCheck());
            }
            broken.take(pull, page.broken());
            broken.note(pull, page.notes());
        }));
    }

    /**
     * Completes a full pull. A device is gone if both this pull and the one before lack it; if this pull read
     * everything at once, not page by page, it alone decides.
     */
    public void complete(@ExchangeProperty("pull") Pull pull, @ExchangeProperty("atOnce") @Nullable Boolean atOnce) {
        if (Boolean.TRUE.equals(atOnce)) {
            pull.shownAtOnce();
        }
        completed(pull, false);
    }

    /** Completes a pull of additions: devices that it did not show stay as they were. */
    public void additions(@ExchangeProperty("pull") Pull pull) {
        completed(pull, true);
    }

    private void completed(Pull pull, boolean onlyAdditions) {
        pull.awaitStaging();
        pull.mostlyBroken().filter(words -> !onlyAdditions).ifPresent(words -> {
            Instant again = clock.instant().plus(AGAIN.after(1));
            throw new KnownFailure(new Failure(Failure.Kind.TRANSIENT, ReasonCode.UNREADABLE_ANSWER, words, again));
        });
        pull.completed(onlyAdditions);
    }

    /** Plans from the pull, which must be complete, and begins to compare done devices with it. */
    public void plan(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("pull") Pull pull) {
        if (runs.open(sync.name()).filter(run -> run.id() == pull.run().id()).isEmpty()) {
            LOG.warn(
                    "run {} was ended while it pulled; nothing is planned from it",
                    pull.run().id());
            return;
        }
        pull.betweenPages(() -> interruptions.checkPlan(sync, pull.run().id()));
        planner.plan(sync, pull);
        if (!pull.run().planOnly()) {
            evidence.apply(sync);
            seenEsims.follow(sync);
            doubtResolver.looked(sync);
            profileChanges.follow(sync);
        }
        quarantines.answered(sync, Origin.INVENTORY);
        comparing.goOn(sync);
    }

    /**
     * Records a failed pull, and retries it inside the run's window if waiting may help. A quarantine that it opens is
     * recorded together with the time of the next try, so that none of them is seen, or stays, without the other.
     */
    @OutlastsOutages
    @Transactional
    public void failed(
            @ExchangeProperty("sync") Sync sync, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        CallScope scope = CallScopes.current();
        // whatever the thread was doing when it was called off
        Failure calledOff = scope == null ? null : scope.calledOff();
        Failure failure = calledOff == null ? failures.of(exception) : calledOff;
        if (calledOff != null && failure.code() == ReasonCode.CALLED_OFF) {
            LOG.info("the pull was called off: {}", failure.reason());
            return;
        }
        Run run = runs.open(sync.name()).orElse(null);
        if (run == null) {
            LOG.error("the firing failed: {}", failure.reason(), exception);
            return;
        }
        Instant again = again(sync, run, failure);
        runs.pullFailed(run.id(), failure.code(), failure.reason(), again);
        LOG.error(
                "the pull failed, nothing is planned from it; {}: {}; {}",
                failure.code(),
                failure.reason(),
                again == null ? "it is given up" : "it is tried again at " + again.truncatedTo(ChronoUnit.SECONDS));
    }

    private @Nullable Instant again(Sync sync, Run run, Failure failure) {
        if (BY_A_PERSON.contains(failure.code()) && run.pullAttempts() + 1 >= ENOUGH_TRIES) {
            // end the run, so that a person learns of it
            return null;
        }
        Instant again = switch (failure.kind()) {
            case CONFIGURATION -> quarantines.open(sync, Origin.INVENTORY, failure.code(), failure.reason());
            case REFUSED -> null;
            case TRANSIENT, OUTCOME_UNKNOWN, INTERNAL ->
                failure.notBefore(clock.instant().plus(AGAIN.after(run.pullAttempts() + 1)));
        };
        return again != null && again.isBefore(run.windowEndsAt()) ? again : null;
    }
}
