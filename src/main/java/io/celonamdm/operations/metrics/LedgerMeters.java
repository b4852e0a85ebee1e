package io.celonamdm.operations.metrics;

import io.celonamdm.esim.Place;
import io.celonamdm.ledger.report.Channels;
import io.celonamdm.ledger.report.LedgerSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot.State;
import io.celonamdm.ledger.report.SyncSnapshot.StepCount;
import io.celonamdm.operations.metrics.Gauges.Values;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.planning.PoolForecast;
import io.celonamdm.planning.PoolForecasts;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.Expiry;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes the ledger's state as metrics. All are read together every few seconds, however often they are scraped.
 * While the ledger is unreadable its gauges are absent, so no old value passes for a new one.
 */
@Component
class LedgerMeters {
    /** The pause before the next count, as a multiple of the time that the last one took. */
    private static final int REST = 9;

    private final LedgerWatch ledger;
    private final Needs needs;
    private final PoolForecasts pools;
    private final Channels told;
    private final Set<String> channels;
    private final @Nullable String page;
    private final Syncs syncs;
    private final Clock clock;
    private final Gauges gauges;
    private final Totals totals;
    private Instant nextLook = Instant.MIN;

    LedgerMeters(
            LedgerWatch ledger,
            Needs needs,
            PoolForecasts pools,
            Channels told,
            ConnectorSettings settings,
            Syncs syncs,
            Clock clock,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.needs = needs;
        this.pools = pools;
        this.told = told;
        this.channels = settings.notifications().keySet();
        this.page = settings.page().link("");
        this.syncs = syncs;
        this.clock = clock;
        this.gauges = new Gauges(registry);
        this.totals = new Totals(registry);
        Gauge.builder(Metric.LEDGER_UP.meter(), ledger, watch -> watch.latest().isPresent() ? 1 : 0)
                .description(Metric.LEDGER_UP.help())
                .register(registry);
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void refresh() {
        Instant begin = clock.instant();
        if (begin.isBefore(nextLook)) {
            return;
        }
        Optional<LedgerSnapshot> snapshot = ledger.look();
        Instant end = clock.instant();
        // a million devices take seconds to count
        nextLook = end.plus(Duration.between(begin, end).multipliedBy(REST));
        Values values = new Values();
        if (page != null) {
            values.add(Metric.PAGE, 1, page);
        }
        for (Sync sync : syncs.all()) {
            snapshot.ifPresent(all -> show(sync, all.of(sync.name()), values));
            showExpiry(sync, values);
        }
        if (snapshot.isPresent()) {
            showNotices(values);
        }
        gauges.show(values);
    }

    private void show(Sync sync, SyncSnapshot snapshot, Values values) {
        String name = sync.name().value();
        State state = snapshot.state();
        if (state != null) {
            showSync(sync, state, values);
        }
        snapshot.devices()
                .forEach(each -> values.add(
                        Metric.DEVICES,
                        each.devices(),
                        name,
                        each.position().place().name(),
                        each.position().shownStep()));
        values.add(Metric.IN_DOUBT, snapshot.inDoubt(), name);
        values.add(Metric.DUE_LAG, lag(snapshot.devices()).toMillis() / 1000.0, name);
        snapshot.lastGoodRun().ifPresent(time -> values.add(Metric.LAST_GOOD_RUN, seconds(time), name));
        snapshot.held().forEach(each -> values.add(Metric.HELD, each.devices(), name, each.code()));
        snapshot.waiting().forEach(each -> values.add(Metric.WAITING, each.devices(), name, each.code()));
        values.add(Metric.POOL_EXHAUSTED, snapshot.withoutEsim(), name);
        PoolForecast pool = pools.of(sync, 0);
        if (pool != null) {
            values.add(Metric.POOL_LEFT, pool.left(), name);
        }
        showNeeds(name, needs.of(sync, snapshot), values);
        totals.show(Metric.DEVICES_DONE, snapshot.done(), name);
        snapshot.actions().forEach(each -> totals.show(Metric.ACTIONS, each.times(), name, each.action()));
        snapshot.deadLetters().forEach(each -> {
            values.add(Metric.DEAD_LETTERS, each.open(), name, each.code());
            totals.show(Metric.DEVICES_DEAD, each.ever(), name, each.code());
        });
        snapshot.runs()
                .forEach(each -> totals.show(
                        Metric.RUNS, each.runs(), name, each.outcome().name()));
    }

    private static void showNeeds(String name, List<Need> open, Values values) {
        open.forEach(each -> values.add(Metric.NEEDS, Math.max(1, each.devices()), name, each.code()));
        List<Need> bad = open.stream().filter(each -> each.kind().isBadNight()).toList();
        bad.forEach(each -> values.add(Metric.BAD_NIGHT, 1, name, each.code()));
        if (bad.isEmpty()) {
            values.add(Metric.BAD_NIGHT, 0, name, "NONE");
        }
    }

    private void showSync(Sync sync, State state, Values values) {
        String name = sync.name().value();
        String quarantine =
                state.quarantine() == null ? null : state.quarantine().code().name();
        values.add(
                Metric.QUARANTINED, quarantine == null ? 0 : 1, name, Objects.requireNonNullElse(quarantine, "NONE"));
        values.add(Metric.PAUSED, state.paused() || sync.settings().paused() ? 1 : 0, name);
        if (state.nextRun() != null) {
            values.add(Metric.NEXT_RUN, seconds(state.nextRun()), name);
        }
        if (state.runOpenedAt() != null && state.runWindowEndsAt() != null) {
            Duration age = Duration.between(state.runOpenedAt(), clock.instant());
            values.add(Metric.OPEN_RUN, age.toMillis() / 1000.0, name);
            values.add(Metric.OPEN_RUN_WINDOW_END, seconds(state.runWindowEndsAt()), name);
        }
    }

    private void showNotices(Values values) {
        Map<String, Long> late = told.late();
        channels.forEach(channel -> values.add(Metric.NOTICES_LATE, late.getOrDefault(channel, 0L), channel));
    }

    /** From the settings, even while the ledger is unreadable. */
    private void showExpiry(Sync sync, Values values) {
        for (Expiry expiry : Expiry.of(sync)) {
            Duration left = Duration.between(clock.instant(), expiry.at());
            values.add(
                    Metric.CREDENTIAL_EXPIRY,
                    left.toMillis() / 1000.0,
                    sync.name().value(),
                    expiry.credential());
        }
    }

    private Duration lag(List<StepCount> devices) {
        Instant now = clock.instant();
        return devices.stream()
                .filter(each -> each.position().place() == Place.WAITING)
                .map(StepCount::due)
                .filter(Objects::nonNull)
                .map(due -> Duration.between(due, now))
                .filter(lag -> !lag.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
