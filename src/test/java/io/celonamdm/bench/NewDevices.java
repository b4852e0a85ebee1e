package io.celonamdm.bench;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.LoggedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A first night over a fleet of new phones, between the simulators of Jamf Pro and Celona. */
final class NewDevices implements AutoCloseable {
    /** Calls to Jamf Pro that the settings permit at once; the default. */
    static final int JAMF_AT_ONCE = 5;

    /** Calls of one kind to Celona that the settings permit at once; the default. */
    static final int CELONA_AT_ONCE = 4;

    /** Devices on one page and in one CSV; the default. */
    static final int BATCH = 200;

    /** Devices of one call to Jamf Pro; the default. */
    static final int GROUP = 50;

    /** How long after its activation a phone's command is asked about; two minutes would be most of a short night. */
    private static final Duration CONFIRMED_AFTER = Duration.ofSeconds(1);

    private static final String SYNC = "warehouse";

    private final Simulation simulation;
    private final Pace pace;
    private Duration processorTime = Duration.ZERO;
    private double memory;
    private double ledger;
    private long commits;

    /**
     * How long the vendors take.
     *
     * @param jamf from a request to its answer at Jamf Pro
     * @param celona the same at Celona
     * @param assignment from an assign-eid to the status SUCCESS of its devices
     * @param download from a command to the phone's installed eSIM
     */
    record Pace(Duration jamf, Duration celona, Duration assignment, Duration download) {
        static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    NewDevices(int phones, Pace pace) {
        this.pace = pace;
        simulation = Simulation.start(PhoneFleet.of(phones, 42).downloadDelay(pace.download()));
        simulation.celona().settings().assignDelay(pace.assignment());
        if (!pace.jamf().isZero()) {
            simulation.jamf().faults().always("", "", Fault.slow(pace.jamf()));
            simulation.celona().faults().always("", "", Fault.slow(pace.celona()));
        }
    }

    /** The simulators. */
    Simulation simulation() {
        return simulation;
    }

    /** Has the connector go through the night, and returns how long it took from its first request to the end of its run. */
    Duration night(Application application, Path folder, List<String> options) {
        Connector started = Connector.start(application, folder, options, settings());
        try (Connector connector = started) {
            Duration before = connector.processorTime();
            Instant end = connector.night(SYNC);
            processorTime = connector.processorTime().minus(before);
            memory = connector.mostMemory();
            ledger = connector.largestLedger();
            Instant begin = requests().get(0).request().time();
            assertAllServed();
            return Duration.between(begin, end);
        } finally {
            commits = started.commits();
        }
    }

    /** Fails unless each phone has an active eSIM. */
    void assertAllServed() {
        int active = simulation.celona().truth().activeEids().size();
        if (active != simulation.fleet().phones().size()) {
            throw new IllegalStateException("only %d phones were served".formatted(active));
        }
    }

    /** The processor time that the night took for a phone, in milliseconds. */
    double processorTimePerPhone() {
        return perPhone(processorTime.toNanos() / 1e6);
    }

    /** The most memory of the process, in MiB. */
    double memory() {
        return memory;
    }

    /** The ledger's file at its largest, in KiB for a phone. */
    double ledgerPerPhone() {
        return perPhone(ledger);
    }

    /** Commits on disk for a phone, those of the start included. */
    double commitsPerPhone() {
        return perPhone((double) commits);
    }

    private double perPhone(double all) {
        return all / simulation.fleet().phones().size();
    }

    /** How many calls to Jamf Pro a phone took, tokens and the pull included. */
    double callsPerPhone() {
        return perPhone(simulation.jamf().log().all().size());
    }

    /** All requests that came in at either vendor, in their order. */
    List<LoggedRequest> requests() {
        return Stream.concat(simulation.jamf().log().all().stream(), simulation.celona().log().all().stream())
                .sorted((one, other) ->
                        one.request().time().compareTo(other.request().time()))
                .toList();
    }

    /**
     * What no connector could be quicker than: the pull, page after page; the first assignment; then, as the longer of the
     * two, all calls to Jamf Pro or all calls to Celona, as many at once as are permitted; the download, the activation and
     * the confirmation of the last phone. Each group of phones costs four calls to Jamf Pro: is a command active, a
     * command, which one is whose, and what became of them.
     */
    Duration criticalPath() {
        int phones = simulation.fleet().phones().size();
        int batches = (phones + BATCH - 1) / BATCH;
        Duration pull = pace.jamf().multipliedBy(1 + batches);
        Duration assigned = pace.celona().multipliedBy(2).plus(pace.assignment());
        int groups = (phones + GROUP - 1) / GROUP;
        Duration jamf = pace.jamf().multipliedBy(4L * groups).dividedBy(JAMF_AT_ONCE);
        Duration celona = pace.celona().multipliedBy(3L * batches).dividedBy(CELONA_AT_ONCE);
        Duration last =
                pace.download().plus(pace.celona()).plus(CONFIRMED_AFTER).plus(pace.jamf());
        return pull.plus(assigned)
                .plus(jamf.compareTo(celona) > 0 ? jamf : celona)
                .plus(last);
    }

    /** The settings of a sync between the simulators. */
    static Map<String, String> sync(Simulation simulation) {
        Map<String, String> sync = new TreeMap<>();
        sync.put("schedule", "0 30 4 * * ?");
        sync.put("mdm.platform", "jamf");
        sync.put("mdm.base-url", simulation.jamf().url());
        sync.put("mdm.client-id", Simulation.CLIENT_ID);
        sync.put("mdm.client-secret", Simulation.CLIENT_SECRET);
        sync.put("mdm.push", "command");
        sync.put("celona.customer-id", Simulation.CUSTOMER_ID);
        sync.put("celona.api-key", Simulation.API_KEY);
        sync.put("celona.assign-url", simulation.celona().url());
        sync.put("celona.activation-url", simulation.celona().url());
        sync.put("confirm.first", CONFIRMED_AFTER.toSeconds() + "s");
        sync.put("guards.max-new", "10000000");
        sync.put("guards.max-new-percent", "1000000");
        return sync;
    }

    private Map<String, String> settings() {
        Map<String, String> sync = sync(simulation);
        if (pace.assignment().isZero()) {
            sync.put("celona.poll.first", "100ms");
        }
        Map<String, String> settings = new TreeMap<>();
        sync.forEach((key, value) -> settings.put("connector.syncs." + SYNC + "." + key, value));
        // the limit by rate would hide the one by concurrency
        settings.put("connector.http.requests-per-second", "100000");
        return settings;
    }

    @Override
    public void close() {
        simulation.close();
    }
}
