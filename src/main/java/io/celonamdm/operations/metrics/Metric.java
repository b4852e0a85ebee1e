package io.celonamdm.operations.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connector's own metrics; docs/metrics.md has the same table. Labels have few values: names of syncs, places,
 * steps, codes and words of the product, never a device's data.
 */
enum Metric {
    LEDGER_UP(Kind.GAUGE, "connector.ledger.up", null, "1 while the ledger is readable, else 0"),
    PAGE(
            Kind.GAUGE,
            "connector.page",
            null,
            "1, with the address of the page from connector.page.address; absent without one",
            "address"),
    DEVICES(Kind.GAUGE, "connector.devices", null, "Devices of the ledger", "sync", "place", "step"),
    IN_DOUBT(Kind.GAUGE, "connector.devices.in.doubt", null, "Devices with a call whose outcome is unknown", "sync"),
    WAITING(
            Kind.GAUGE,
            "connector.devices.waiting",
            null,
            "Devices that wait for a known reason, and continue by themselves once it is gone",
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
            "1 while the sync does not do what its settings promise, by the outcome of the night, else 0 with the code NONE",
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
            "eSIMs left in the customer's pool by celona.pool and the ledger; absent without that setting",
            "sync"),
    NOTICES_LATE(
            Kind.GAUGE,
            "connector.notices.late",
            null,
            "Notices of the last day that failed at the first attempt and are still unsent",
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
            "How long the oldest due work has been due; 0 if none is",
            "sync"),
    LAST_GOOD_RUN(
            Kind.GAUGE,
            "connector.last.good.run.timestamp",
            "seconds",
            "End of the last good run, a SUCCESS or PARTIAL, in seconds since 1970; absent before the first",
            "sync"),
    NEXT_RUN(
            Kind.GAUGE,
            "connector.next.run.timestamp",
            "seconds",
            "Time of the next nightly run, in seconds since 1970",
            "sync"),
    OPEN_RUN(
            Kind.GAUGE,
            "connector.open.run.age",
            "seconds",
            "How long the open run has been open; absent without one",
            "sync"),
    OPEN_RUN_WINDOW_END(
            Kind.GAUGE,
            "connector.open.run.window.end.timestamp",
            "seconds",
            "End of the open run's window, in seconds since 1970; absent without one",
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
            "Calls to vendors by this process, with their durations",
            "sync",
            "call",
            "outcome");

    /** The kind of a metric in Prometheus. */
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

    /** Its name in Micrometer. */
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

    /** Its name in Prometheus. */
    String series() {
        return meter.replace('.', '_') + (unit == null ? "" : "_" + unit) + kind.suffix;
    }
}
