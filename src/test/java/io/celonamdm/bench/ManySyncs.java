package io.celonamdm.bench;

import static java.util.stream.Collectors.joining;

import io.celonamdm.bench.NewDevices.Pace;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The first nights of many syncs, which all begin at once, on one or several replicas with one PostgreSQL. */
final class ManySyncs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final List<String> syncs;
    private final Simulation simulation;
    private final String database = TestDatabase.createOnPostgres();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));
    private final List<Connector> replicas = new ArrayList<>();

    ManySyncs(int number, int phones, Pace pace) {
        syncs = IntStream.range(0, number).mapToObj(i -> "store-" + i).toList();
        PhoneFleet fleet = new PhoneFleet(42);
        for (String sync : syncs) {
            IntStream.range(0, phones)
                    .forEach(i -> fleet.add(sync + " phone " + i).join(sync));
        }
        simulation = Simulation.start(fleet.downloadDelay(pace.download()));
        simulation.celona().stock(number * phones).settings().assignDelay(pace.assignment());
        simulation.jamf().faults().always("", "", Fault.slow(pace.jamf()));
        simulation.celona().faults().always("", "", Fault.slow(pace.celona()));
    }

    /** Asks the first of some replicas for a run of each sync; returns how long it took until the last one was closed. */
    Duration night(Application application, Path folder, int number, List<String> options) {
        for (int i = 0; i < number; i++) {
            replicas.add(Connector.start(application, folder.resolve("replica-" + i), options, settings()));
        }
        syncs.forEach(replicas.get(0)::run);
        Awaitility.await("the end of all runs")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> runs("where outcome is not null") == syncs.size());
        if (runs("where outcome = 'SUCCESS'") < syncs.size()
                || simulation.celona().truth().activeEids().size()
                        < simulation.fleet().phones().size()) {
            throw new IllegalStateException("not every phone was served, see the logs in " + folder);
        }
        return Duration.between(time("min(opened_at)"), time("max(closed_at)"));
    }

    /** How many runs each replica has ended. */
    String spread() {
        return replicas.stream()
                .map(replica ->
                        String.valueOf(syncs.stream().filter(replica::hasEnded).count()))
                .collect(joining(" + "));
    }

    private long runs(String condition) {
        return jdbc.sql("select count(*) from run " + condition)
                .query(Long.class)
                .single();
    }

    private Instant time(String what) {
        return jdbc.sql("select " + what + " from run")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Map.of("spring.datasource.url", database));
        for (String sync : syncs) {
            String prefix = "connector.syncs." + sync + ".";
            NewDevices.sync(simulation).forEach((key, value) -> settings.put(prefix + key, value));
            settings.put(prefix + "mdm.filter", "groupName==\"" + sync + "\"");
        }
        // the syncs of a real installation have hosts of their own
        settings.put("connector.http.requests-per-second", "100000");
        settings.put("connector.http.max-connections-per-host", "500");
        return settings;
    }

    @Override
    public void close() {
        replicas.forEach(Connector::close);
        simulation.close();
    }
}
