package io.celonamdm.process;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.Esim;
import io.celonamdm.simulator.celona.EsimState;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Hold;
import io.celonamdm.simulator.web.Hold.Point;
import io.celonamdm.simulator.web.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes that share one PostgreSQL and serve several syncs. */
@Slow
class ReplicasTest {
    private static final List<String> SYNCS = List.of("north", "east", "south", "west");
    private static final String GROUP = "Field Crew";
    private static final int PHONES = 15;
    private static final int NEW = 3;
    private static final String IN_DOUBT = "IN_DOUBT ASSIGN ASSIGN_IN_DOUBT";
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final Duration TAKE_OVER = Duration.ofSeconds(60);
    private static final Duration NIGHT = Duration.ofMinutes(2);

    private final PhoneFleet fleet = new PhoneFleet(31);
    private final Simulation simulation = Simulation.start(fleet);
    private final Map<String, ConnectorProcess> replicas = new TreeMap<>();

    @TempDir
    Path folder;

    private String database = "";
    private Ledger ledger;

    @BeforeEach
    void start() {
        enrol(PHONES);
        simulation.celona().stock(200).settings().deviceGroups(GROUP).assignDelay(Duration.ofMillis(200));
        // what a paused replica has locked is free again after a while
        database = TestDatabase.createOnPostgres() + "&options=-c%20idle_in_transaction_session_timeout=5000";
        List.of("one", "two", "three").forEach(name -> replicas.put(name, launch(name)));
        replicas.values().forEach(ConnectorProcess::awaitReady);
        ledger = new Ledger(database);
    }

    private void enrol(int phones) {
        for (String sync : SYNCS) {
            IntStream.range(0, phones).forEach(i -> {
                Phone phone = fleet.add(sync + " " + fleet.phones().size());
                phone.join(sync);
                phone.behaviour().downloadDelay(Duration.ofMillis(50));
            });
        }
    }

    /** One of several that start together, on a database that is empty. */
    private ConnectorProcess launch(String name) {
        Installation installation = new Installation(newFolder(name), "replica-" + name)
                .set("spring.datasource.url", database)
                .set("spring.quartz.properties.org.quartz.scheduler.instanceId", name);
        for (String sync : SYNCS) {
            installation
                    .sync(sync, simulation)
                    .set(sync, "mdm.filter", "groupName==\"" + sync + "\"")
                    .set(sync, "default-group", GROUP);
        }
        return installation.launch(List.of());
    }

    private Path newFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        replicas.values().forEach(ConnectorProcess::close);
        ledger.close();
        simulation.close();
    }

    @Test
    void aReplicaThatDiesOrIsPausedIsReplacedAndWritesOverNothing() {
        theRunsOfAReplicaThatDiesAreFinishedByOthers();
        aReplicaThatWakesUpLeavesAloneWhatAnotherHasTakenOver();
    }

    private void theRunsOfAReplicaThatDiesAreFinishedByOthers() {
        // every activation is parked, so that nobody is done before the look at who works for what
        List<Hold> holds = Stream.generate(
                        () -> simulation.celona().faults().hold("POST", "activation-from-file", Point.AFTER_PROCESSING))
                .limit(4L * fleet.eids().size())
                .toList();
        runAll();
        holds.get(0).awaitArrival(ARRIVAL);
        await("every assignment answered, and each sync at work")
                .atMost(NIGHT)
                .until(() -> ledger.journal("ASSIGN").equals(Map.of("ANSWERED", (long) SYNCS.size()))
                        && workers().keySet().containsAll(SYNCS));
        assertThat(workers().values()).as("each replica has its part").containsAll(replicas.keySet());
        String dying = workerOf(SYNCS.get(0));

        replica(dying).kill();
        replicas.remove(dying);
        simulation.celona().faults().clear();

        awaitOpenRuns(0);
        everyPhoneIsDone();
        assertThat(ledger.texts("select sync from run")).containsExactlyInAnyOrderElementsOf(SYNCS);
    }

    private void aReplicaThatWakesUpLeavesAloneWhatAnotherHasTakenOver() {
        enrol(NEW);
        Hold hold = simulation.celona().faults().hold("POST", "assign-eid", Point.AFTER_PROCESSING);
        runAll();
        hold.awaitArrival(ARRIVAL);
        awaitOpenRuns(1);
        String sync = ledger.texts("select open_sync from run where open_sync is not null")
                .get(0);
        ConnectorProcess sleeping = replica(workerOf(sync));

        sleeping.pause();
        hold.release();
        await("another replica in its place")
                .atMost(TAKE_OVER)
                .until(() -> ledger.places().equals(Map.of("DONE DONE", done() - NEW, IN_DOUBT, (long) NEW)));
        sleeping.resume();

        await("the last phone").atMost(NIGHT).until(() -> ledger.places().equals(Map.of("DONE DONE", done())));
        awaitOpenRuns(0);
        everyPhoneIsDone();
        assertThat(ledger.texts("select sync from journal where late_answer is not null"))
                .as("the answer that waited for the paused replica")
                .containsExactly(sync);
        assertThat(ledger.texts("select eid from audit where action = 'late-answer' and sync = ?", sync))
                .hasSize(NEW);
        assertThat(sleeping.isReady()).isTrue();
    }

    /** How many phones are done in the end. */
    private long done() {
        return fleet.eids().size();
    }

    /** Asks for a run of each sync, now here, now there. */
    private void runAll() {
        List<ConnectorProcess> asked = List.copyOf(replicas.values());
        for (int i = 0; i < SYNCS.size(); i++) {
            assertThat(asked.get(i % asked.size()).run(SYNCS.get(i))).isEqualTo(202);
        }
    }

    /** Which replica works for which sync. */
    private Map<String, String> workers() {
        return ledger
                .texts("select job_name || ' ' || instance_name from qrtz_fired_triggers"
                        + " where job_group = 'sync' and state = 'EXECUTING'")
                .stream()
                .map(row -> row.split(" "))
                .collect(toMap(row -> row[0], row -> row[1]));
    }

    private String workerOf(String sync) {
        return Objects.requireNonNull(workers().get(sync), "nobody works for " + sync);
    }

    private ConnectorProcess replica(String name) {
        return Objects.requireNonNull(replicas.get(name), name);
    }

    private void awaitOpenRuns(int open) {
        await(open + " open runs")
                .atMost(NIGHT)
                .until(() -> ledger.texts("select open_sync from run where open_sync is not null")
                                .size()
                        == open);
    }

    private void everyPhoneIsDone() {
        List<String> eids = fleet.eids();
        assertThat(ledger.places()).isEqualTo(Map.of("DONE DONE", (long) eids.size()));
        assertThat(ledger.texts("select step from journal where state = ?", "INTENDED"))
                .isEmpty();
        Map<String, String> active =
                simulation.celona().truth().esims(EsimState.ACTIVE).stream().collect(toMap(Esim::eid, Esim::iccid));
        assertThat(active).containsOnlyKeys(eids);
        assertThat(ledger.devices().stream().collect(toMap(Ledger.Row::eid, Ledger.Row::iccid)))
                .isEqualTo(active);
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(simulation.celona().log().of("POST", "assign-eid").stream().flatMap(call -> assigned(call).stream()))
                .as("EIDs that were posted")
                .containsExactlyInAnyOrderElementsOf(eids);
    }

    private static List<String> assigned(LoggedRequest call) {
        return call.csvRows().stream().skip(1).map(row -> row.get(0)).toList();
    }
}
