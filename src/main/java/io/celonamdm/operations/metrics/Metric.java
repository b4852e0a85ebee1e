package io.celonamdm.operations.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the connector's own; docs/metrics.md shows the same table. Labels have few values: names of syncs, places,
 * steps, codes and words of the product, never anything of a device.
 */
enum Metric {
    LEDGER_UP(Kind.GAUGE, "connector.ledger.up", null, "1 while the ledger can be read, else 0"),
    DEVICES(Kind.GAUGE, "connector.devices", null, "Devices of the ledger", "sync", "place", "step"),
    IN_DOUBT(
            Kind.GAUGE,
            "connector.devices.in.doubt",
            null,
            "Devices for which a call was sent whose outcome nobody knows",
            "sync"),
    WAITING(
            Kind.GAUGE,
            "connector.devices.waiting",
            null,
            "Devices that wait for a reason, and go on by themselves once it is gone",
            "sync",
            "code"),
    NEEDS(
            Kind.GAUGE,
            "connector.needs",
            null,
            "What waits for a person, as the number of its devices, or 1 for a sync as a whole; absent if nothing does",
            "sync",
            "code"),
    BAD_NIGHT(
            Kind.GAUGE,
            "connector.bad.night",
            null,
            "1 while the sync does not do what its settings promise, by the outcome that says why, else 0 with the code NONE",
            "sync",
            "code"),
    POOL_EXHAUSTED(
            Kind.GAUGE,
            "connector.pool.exhausted",
            null,
            "Devices that wait because no eSIM is left in the customer's pool",
            "sync"),
    POOL_LEFT(
            Kind.GAUGE,
            "connector.pool.left",
            null,
            "eSIMs that are left of the customer's by celona.pool and the ledger; absent where the settings do not say how many it has",
            "sync"),
    NOTICES_LATE(
            Kind.GAUGE,
            "connector.notices.late",
            null,
            "Notices of the last day that could not be told at the first try, and have not been told since",
            "channel"),
    HELD(Kind.GAUGE, "connector.devices.held", null, "Devices that are held back", "sync", "code"),
    DEAD_LETTERS(Kind.GAUGE, "connector.dead.letters", null, "Open dead letters", "sync", "code"),
    QUARANTINED(
            Kind.GAUGE,
            "connector.quarantined",
            null,
            "1 while the circuit breaker is open, else 0 with the code NONE",
            "sync",
            "code"),
    PAUSED(
            Kind.GAUGE,
            "connector.paused",
            null,
            "1 while the sync is paused by its settings or a person, else 0",
            "sync"),
    DUE_LAG(
            Kind.GAUGE,
            "connector.due.lag",
            "seconds",
            "For how long the work that is longest due has been due; 0 if nothing is",
            "sync"),
    LAST_GOOD_RUN(
            Kind.GAUGE,
            "connector.last.good.run.timestamp",
            "seconds",
            "When the last good run ended, a SUCCESS or PARTIAL, in seconds since 1970; absent before the first",
            "sync"),
    NEXT_RUN(
            Kind.GAUGE,
            "connector.next.run.timestamp",
            "seconds",
            "When the next nightly run is due, in seconds since 1970",
            "sync"),
    OPEN_RUN(
            Kind.GAUGE,
            "connector.open.run.age",
            "seconds",
            "For how long the open run has been open; absent without one",
            "sync"),
    OPEN_RUN_WINDOW_END(
            Kind.GAUGE,
            "connector.open.run.window.end.timestamp",
            "seconds",
            "Until when the open run takes work, in seconds since 1970; absent without one",
            "sync"),
    CREDENTIAL_EXPIRY(
            Kind.GAUGE,
            "connector.credential.expiry",
            "seconds",
            "Seconds until the day on which a credential expires by its setting, negative from then on; absent without a date",
            "sync",
            "credential"),
    RUNS(Kind.COUNTER, "connector.runs", null, "Runs that ended", "sync", "outcome"),
    DEVICES_DONE(Kind.COUNTER, "connector.devices.done", null, "Devices that reached DONE", "sync"),
    DEVICES_DEAD(Kind.COUNTER, "connector.devices.dead", null, "Devices that became dead letters", "sync", "code"),
    ACTIONS(
            Kind.COUNTER,
            "connector.audited.actions",
            null,
            "Changes in the audit, by people and by rules",
            "sync",
            "action"),
    CALLS(
            Kind.HISTOGRAM,
            "connector.calls",
            "seconds",
            "Calls to vendors by this process, with how long they took",
            "sync",
            "call",
            "outcome");

    /** What a metric is to Prometheus. */
    enum Kind {
        /** A number that goes up and down. */
        GAUGE("gauge", ""),
        /** A number that only goes up, by all replicas together. */
        COUNTER("counter", "_total"),
        /** A count, a sum and buckets of durations. */
        HISTOGRAM("histogram", "");

        private final String word;
        private final String suffix;

        Kind(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }

        String word() {
            return word;
        }
    }

    private final Kind kind;
    private final String meter;
    private final @Nullable String unit;
    private final String help;
    private final String labels;

    Metric(Kind kind, String meter, @Nullable String unit, String help, String... labels) {
        this.kind = kind;
        this.meter = meter;
        this.unit = unit;
        this.help = help;
        this.labels = String.join(",", labels);
    }

    Kind kind() {
        return kind;
    }

    /** The name that Micrometer knows it by. */
    String meter() {
        return meter;
    }

    /** The base unit; null if it is a plain number. */
    @Nullable
    String unit() {
        return unit;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(","));
    }

    /** The name that Prometheus knows it by. */
    String series() {
        return meter.replace('.', '_') + (unit == null ? "" : "_" + unit) + kind.suffix;
    }
}
