package io.celonamdm.bench;

import io.celonamdm.bench.NewDevices.Pace;
import io.celonamdm.rings.Slow;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Measures the figures of docs/performance.md. Nothing here fails because something is slow. */
@TestInstance(Lifecycle.PER_CLASS)
@Slow
class Benchmarks {
    /** A process of 512 MiB, its heap less than half of it; otherwise as in the image. */
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms64m", "-Xmx256m");

    /** What a fleet has behind it when its nights are measured need not be slow. */
    private static final List<String> LARGE = List.of("-Xmx3g");

    /** 100 ms a call at Jamf Pro, 400 ms at Celona, 4 s for an assignment, 1 s for a download. */
    private static final Pace PACE =
            new Pace(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofSeconds(4), Duration.ofSeconds(1));

    private static final int SMALL_FLEET = 10_000;

    private final Scale scale = Scale.ofProperties();
    private final Results results = new Results(Path.of("target", "bench"));

    private final Path folder = Path.of("target", "bench", "work").toAbsolutePath();
    private final Application application = install(folder);

    /** What an earlier run left would make new phones known ones. */
    private static Application install(Path folder) {
        FileUtils.deleteQuietly(folder.toFile());
        return Application.install(folder.resolve("application"));
    }

    @AfterAll
    void tell() {
        System.out.println(results.table());
    }

    /** The vendors set the pace. */
    @Test
    void newDevicesBesideTheCriticalPath() {
        List<Double> nights = new ArrayList<>();
        List<Double> paths = new ArrayList<>();
        List<Double> calls = new ArrayList<>();
        for (int i = 0; i < Math.min(3, scale.repetitions()); i++) {
            try (NewDevices night = new NewDevices(scale.phones(), PACE)) {
                nights.add(seconds(night.night(application, folder.resolve("paced-" + i), SMALL)));
                paths.add(seconds(night.criticalPath()));
                calls.add(night.callsPerPhone());
            }
        }
        results.add(Figure.limit("calls to Jamf Pro per new device", "calls", calls, 0.1));
        results.add(Figure.ratio(
                "night with %d new devices, beside the vendors' critical path".formatted(scale.phones()),
                "s",
                nights,
                paths,
                1.15));
    }

    /** The vendors set the pace, and a shell loop does the same without the connector. */
    @Test
    void newDevicesBesideAShellLoop() {
        List<Double> nights = new ArrayList<>();
        List<Double> loops = new ArrayList<>();
        for (int i = 0; i < Math.min(2, scale.repetitions()); i++) {
            try (NewDevices night = new NewDevices(scale.loopPhones(), PACE);
                    NewDevices byHand = new NewDevices(scale.loopPhones(), PACE)) {
                nights.add(seconds(night.night(application, folder.resolve("beside-" + i), SMALL)));
                loops.add(seconds(ShellLoop.night(byHand, PACE, folder.resolve("loop-" + i))));
            }
        }
        results.add(Figure.ratio(
                "night with %d new devices, beside a shell loop of one curl per call".formatted(scale.loopPhones()),
                "s",
                nights,
                loops,
                0.15));
    }

    /** Many syncs with few phones each, on three replicas beside one; the vendors take their time. */
    @Test
    void syncsOnThreeReplicasBesideOne() {
        List<Double> three = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        for (int i = 0; i < Math.min(2, scale.repetitions()); i++) {
            three.add(syncs(3, "three-" + i));
            one.add(syncs(1, "one-" + i));
        }
        results.add(Figure.ratio(
                "%d syncs of %d new devices on three replicas, beside one".formatted(scale.syncs(), scale.syncPhones()),
                "s",
                three,
                one,
                1 / 2.2));
    }

    private double syncs(int replicas, String name) {
        try (ManySyncs syncs = new ManySyncs(scale.syncs(), scale.syncPhones(), PACE)) {
            double night = seconds(syncs.night(application, folder.resolve(name), replicas, SMALL));
            System.out.printf("%d syncs, ended by each replica (of %d): %s%n", scale.syncs(), replicas, syncs.spread());
            return night;
        }
    }

    /** The vendors answer at once; the bare client sends what the connector has just sent. */
    @Test
    void newDevicesBesideABareClient() throws IOException {
        List<Double> nights = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        List<Double> ledger = new ArrayList<>();
        List<Double> commits = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int i = 0; i < scale.repetitions(); i++) {
            try (NewDevices night = new NewDevices(scale.quickPhones(), Pace.AT_ONCE);
                    BareClient client = new BareClient()) {
                nights.add(seconds(night.night(application, folder.resolve("quick-" + i), SMALL)));
                bare.add(seconds(client.repeat(night.simulation())));
                processor.add(night.processorTimePerPhone());
                ledger.add(night.ledgerPerPhone());
                commits.add(night.commitsPerPhone());
                memory.add(night.memory());
            }
        }
        results.add(Figure.limit("ledger at its largest, per new device", "KiB", ledger, 20));
        results.add(Figure.limit("commits on disk, per new device", "commits", commits, 0.5));
        results.add(Figure.limit("processor time per new device", "ms", processor, 3));
        results.add(Figure.limit(
                "most memory in a night with %d new devices".formatted(scale.quickPhones()), "MiB", memory, 384));
        results.add(Figure.ratio(
                "night with %d new devices, beside a bare client".formatted(scale.quickPhones()),
                "s",
                nights,
                bare,
                1.5));
    }

    /** Nothing changes: fleets of growing size, each beside the least that reading it can cost. */
    @Test
    void nightsWithoutChanges() {
        Map<Integer, Double> perDevice = new TreeMap<>();
        for (int devices = Math.min(SMALL_FLEET, scale.fleet()); devices <= scale.fleet(); devices *= scale.growth()) {
            perDevice.put(devices, withoutChanges(devices));
        }
        double least = perDevice.values().iterator().next();
        perDevice.forEach((devices, cost) -> results.add(Figure.ratio(
                "cost per device of a fleet of %d".formatted(devices), "µs", List.of(cost), List.of(least), 1.3)));
    }

    private double withoutChanges(int devices) {
        List<Double> nights = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        try (KnownFleet fleet = new KnownFleet(devices, folder.resolve("fleet-" + devices))) {
            fleet.prepare(application, LARGE);
            try (Connector connector = fleet.start(application, SMALL)) {
                for (int i = 0; i < scale.repetitions(); i++) {
                    nights.add(seconds(fleet.night(connector)));
                    bare.add(seconds(BareReader.read(fleet)));
                }
                results.add(Figure.limit(
                        "most memory in nights over %d devices".formatted(devices),
                        "MiB",
                        List.of(connector.mostMemory()),
                        512));
            }
        }
        results.add(Figure.ratio(
                "night without changes over %d devices, beside reading it".formatted(devices), "s", nights, bare, 3.0));
        return Figure.median(nights) / devices * 1_000_000;
    }

    /** A new installation with the settings that ship. */
    @Test
    void starts() throws IOException {
        List<Double> starts = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        Map<String, String> secrets = Map.of("JAMF_CLIENT_ID", "c", "JAMF_CLIENT_SECRET", "s", "CELONA_API_KEY", "k");
        for (int i = 0; i < scale.repetitions(); i++) {
            Path installation = folder.resolve("start-" + i);
            FileUtils.copyDirectory(
                    new File("config"), installation.resolve("config").toFile());
            long begin = System.nanoTime();
            try (Connector connector = Connector.start(application, installation, SMALL, secrets)) {
                starts.add(seconds(Duration.ofNanos(System.nanoTime() - begin)));
                memory.add(connector.idleMemory(Duration.ofSeconds(30)));
            }
        }
        results.add(Figure.limit("from the start to readiness", "s", starts, 5));
        results.add(Figure.limit("memory of an idle process", "MiB", memory, 300));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
