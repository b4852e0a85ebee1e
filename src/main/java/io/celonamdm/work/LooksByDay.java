package io.celonamdm.work;

import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.LookOrder;
import io.celonamdm.device.PlatformMessages;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.plan.BackOff;
import io.celonamdm.planning.Additions;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Serves the looks of a sync between its nights: pulls of additions, which open no run. */
@Component("looks")
public class LooksByDay {
    private static final Logger LOG = LoggerFactory.getLogger(LooksByDay.class);

    /** How soon a failed look is made again; later ones wait as long as any other look. */
    private static final BackOff AGAIN = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(15));

    /** How long before the last night a device may have been enrolled whose EID has only shown since. */
    private static final Duration BEFORE_NIGHT = Duration.ofDays(1);

    /** How long the MDM may take to list what it has heard. */
    private static final Duration OVERLAP = Duration.ofMinutes(30);

    private final DueWorkPolicy dueWorkPolicy;
    private final Looks looks;
    private final Runs runs;
    private final PastRuns pastRuns;
    private final Additions additions;
    private final Quarantines quarantines;
    private final Failures failures;
    private final Clock clock;

    LooksByDay(
            DueWorkPolicy dueWorkPolicy,
            Looks looks,
            Runs runs,
            PastRuns pastRuns,
            Additions additions,
            Quarantines quarantines,
            Failures failures,
            Clock clock) {
        this.dueWorkPolicy = dueWorkPolicy;
        this.looks = looks;
        this.runs = runs;
        this.pastRuns = pastRuns;
        this.additions = additions;
        this.quarantines = quarantines;
        this.failures = failures;
        this.clock = clock;
    }

    /** Takes the sync's look if one is due; null if none is. */
    public @Nullable LookOrder begin(@ExchangeProperty("sync") Sync sync) {
        Instant now = clock.instant();
        Duration between = sync.settings().between();
        if (between == null
                || dueWorkPolicy
                        .lookDueAt(sync, runs.open(sync.name()))
                        .filter(at -> !at.isAfter(now))
                        .isEmpty()) {
            return null;
        }
        Instant night = night(sync).openedAt();
        Instant seen = looks.find(sync.name())
                .map(Look::answeredAt)
                .filter(night::isBefore)
                .orElse(night);
        return looks.take(sync.name(), now.plus(between))
                ? new LookOrder(night.minus(BEFORE_NIGHT), seen.minus(OVERLAP))
                : null;
    }

    private Run night(Sync sync) {
        return pastRuns.latestCredible(sync.name())
                .orElseThrow(() -> new IllegalStateException("sync " + sync.name() + " has no credible inventory"));
    }

    /** Admits what a platform has shown that the inventory lacks; unreadable records wait for the night. */
    public void found(@ExchangeProperty("sync") Sync sync, @Body @Nullable Object body) {
        InventoryPage page = PlatformMessages.page(body);
        additions.admit(sync, night(sync), page.devices());
    }

    /** Records a failed look, and when it is made again, together with a quarantine that it opens. */
    @OutlastsOutages
    @Transactional
    public void failed(
            @ExchangeProperty("sync") Sync sync, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        Failure failure = failures.of(exception);
        int before = looks.find(sync.name()).map(Look::failures).orElse(0);
        Instant again = again(sync, failure, before + 1);
        if (failure.code() == ReasonCode.CALLED_OFF) {
            looks.bringForward(sync.name(), again);
            return;
        }
        looks.failed(sync.name(), failure.code(), failure.reason(), again);
        LOG.warn(
                "a look for new devices failed; {}: {}; it is made again at {}",
                failure.code(),
                failure.reason(),
                again.truncatedTo(ChronoUnit.SECONDS));
    }

    private Instant again(Sync sync, Failure failure, int failed) {
        if (failure.kind() == Failure.Kind.CONFIGURATION) {
            return quarantines.open(sync, Origin.INVENTORY, failure.code(), failure.reason());
        }
        return failure.notBefore(clock.instant().plus(AGAIN.after(failed)));
    }
}
