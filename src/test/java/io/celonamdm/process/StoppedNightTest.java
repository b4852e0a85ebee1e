package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.process.ConnectorProcess.Ended;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Hold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** A process that is asked to stop during a night. */
@Slow
class StoppedNightTest {
    private static final String SYNC = "warehouse";
    private static final int PHONES = 12;
    private static final Duration GRACE = Duration.ofSeconds(25);

    /** What Kubernetes gives a process before it kills it. */
    private static final Duration EXIT = Duration.ofSeconds(30);

    private final Simulation simulation = Simulation.start(PhoneFleet.of(PHONES, 11));

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void theCallUnderWayIsFinishedAndTheNextProcessGoesOn(@TempDir Path folder) throws IOException {
        Installation installation = new Installation(folder, "stopped")
                .sync(SYNC, simulation)
                .set(SYNC, "celona.batch-size", "4")
                .set(SYNC, "celona.max-concurrency", "1");
        Hold hold = simulation.celona().faults().hold("POST", "assign-eid", Hold.Point.AFTER_PROCESSING);

        try (ConnectorProcess process = installation.start()) {
            assertThat(process.run(SYNC)).isEqualTo(202);
            hold.awaitArrival(GRACE);
            process.askToStop();
            process.await("the begin of the end", GRACE, process::isReady, ready -> !ready);
            hold.release();
            process.awaitExit(GRACE);
        }

        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.journal("ASSIGN")).isEqualTo(Map.of("ANSWERED", 1L));
            assertThat(ledger.places()).isEqualTo(Map.of("WAITING AWAIT", 4L, "WAITING ASSIGN", 8L));
            assertThat(ledger.texts(
                            "select trigger_state from qrtz_triggers where trigger_group = 'sync' and trigger_name = ?",
                            SYNC))
                    .as("the nightly trigger")
                    .containsExactly("WAITING");
        }

        restoreFromBackup(folder);
        try (ConnectorProcess process = installation.start()) {
            process.awaitClosed(SYNC, Duration.ofMinutes(1));
            process.stop();
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.places()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        }
        assertThat(simulation.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(simulation.celona().log().count("POST", "assign-eid")).isEqualTo(3);
    }

    /** By Ctrl-C or another signal; a shell may have had the tests' processes ignore that of Ctrl-C. */
    @Test
    void aRunThatIsStoppedSaysWhatGoesOn(@TempDir Path folder) {
        Installation installation = new Installation(folder, "stopped-run").sync(SYNC, simulation);
        Hold hold = simulation.celona().faults().hold("POST", "assign-eid", Hold.Point.AFTER_PROCESSING);

        Ended ended = installation.command(
                process -> {
                    hold.awaitArrival(Duration.ofMinutes(3));
                    process.askToStop();
                    process.await("its last word", GRACE, process::said, text -> text.contains("stopping:"));
                    hold.release();
                },
                "--run=" + SYNC);

        assertThat(ended.exitCode()).as("128 and the number of the signal").isEqualTo(143);
        assertThat(ended.err().lines().filter(line -> line.startsWith("stopping:")))
                .singleElement()
                .asString()
                .contains("run 1 of sync warehouse is still open");
        assertThat(ended.err()).contains("The next --run=warehouse").doesNotContain("\tat ");
        assertThat(installation.command("--run=" + SYNC).exitCode()).isZero();
        assertThat(simulation.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    /**
     * Three syncs, of which one waits for its assign-eid, one for its command and one for its activation. Vendors that
     * answer within the grace period are waited for; others are not, and the next process settles what they left.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsOfEveryStepUnderWayAreJournalled(boolean answered, @TempDir Path folder) {
        Installation installation = new Installation(folder, "stopped-" + (answered ? "answered" : "unanswered"));
        Map<String, List<Phone>> phones = new LinkedHashMap<>();
        for (String sync : List.of("activating", "pushing", "assigning")) {
            installation
                    .sync(sync, simulation)
                    .set(sync, "mdm.filter", "groupName==\"" + sync + "\"")
                    // the run does not end before each phone has its eSIM, however long the stop takes
                    .set(sync, "celona.provision.patience", "5m");
            phones.put(sync, List.of(newPhone(sync), newPhone(sync)));
        }
        List<Phone> asleep = Objects.requireNonNull(phones.get("pushing"));
        asleep.forEach(phone -> phone.behaviour().online(false));
        List<Hold> holds = new ArrayList<>();

        try (ConnectorProcess process = installation.start()) {
            holds.add(underWay(process, "activating", simulation.celona().faults(), "/activation-from-file"));
            holds.add(underWay(process, "pushing", simulation.jamf().faults(), "/mdm/commands"));
            holds.add(underWay(process, "assigning", simulation.celona().faults(), "/assign-eid"));
            process.askToStop();
            process.await("the begin of the end", GRACE, process::isReady, ready -> !ready);
            if (answered) {
                holds.forEach(Hold::release);
            }
            process.awaitExit(EXIT);
        }
        holds.forEach(Hold::drop);
        try (Ledger ledger = installation.ledger()) {
            if (answered) {
                assertThat(ledger.texts("select step from journal where state <> 'ANSWERED'"))
                        .isEmpty();
                assertThat(ledger.journal("ASSIGN")).isEqualTo(Map.of("ANSWERED", 3L));
            }
            assertThat(ledger.devices()).hasSize(6);
        }

        int asked = simulation.jamf().log().count("GET", "/mdm/commands");
        try (ConnectorProcess process = installation.start()) {
            // a phone that answers before Jamf has been asked about it has no active command any more
            simulation.jamf().log().awaitOver("GET", "/mdm/commands", asked + asleep.size(), GRACE);
            asleep.forEach(phone -> phone.behaviour().online(true));
            phones.keySet().forEach(sync -> process.awaitClosed(sync, Duration.ofMinutes(1)));
            process.stop();
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.places())
                    .isEqualTo(
                            answered
                                    ? Map.of("DONE DONE", 6L)
                                    : Map.of("DONE DONE", 4L, "IN_DOUBT ASSIGN ASSIGN_IN_DOUBT", 2L));
            assertThat(ledger.texts("select step from journal where state = 'INTENDED'"))
                    .isEmpty();
        }
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(simulation.celona().log().count("POST", "assign-eid")).isEqualTo(3);
        assertThat(asleep)
                .allSatisfy(
                        phone -> assertThat(simulation.jamf().commands(phone)).hasSize(1));
    }

    private Phone newPhone(String group) {
        PhoneFleet fleet = simulation.fleet();
        Phone phone = fleet.add("Phone " + (fleet.phones().size() + 1)).join(group);
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    /** Begins a night whose next such call is processed, and not answered for now. */
    private static Hold underWay(ConnectorProcess process, String sync, Faults faults, String path) {
        Hold hold = faults.hold("POST", path, Hold.Point.AFTER_PROCESSING);
        assertThat(process.run(sync)).isEqualTo(202);
        hold.awaitArrival(GRACE);
        return hold;
    }

    /** As the operations page says it: a copy of the one file, put back into an empty folder. */
    private static void restoreFromBackup(Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path backup = Files.copy(data.resolve("ledger.mv.db"), folder.resolve("ledger-backup.mv.db"));
        FileSystemUtils.deleteRecursively(data);
        Files.createDirectory(data);
        Files.copy(backup, data.resolve("ledger.mv.db"));
    }
}
