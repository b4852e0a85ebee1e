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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A process that is asked to stop during a night. */
@Slow
class StoppedNightTest {
    private static final String SYNC = "warehouse";
    private static final List<String> SYNCS = List.of("activating", "pushing", "assigning");
    private static final int PHONES = 12;
    private static final Duration GRACE = Duration.ofSeconds(25);

    /** What Kubernetes gives a process before it kills it. */
    private static final Duration EXIT = Duration.ofSeconds(30);

    private final Simulation simulation = Simulation.start(PhoneFleet.of(PHONES, 11));

    @AfterEach
    void close() {
        simulation.close();
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
        assertThat(installation.commandWithinTests("--run=" + SYNC)).isZero();
        assertThat(simulation.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void aCommandThatIsStoppedWhileItStartsBeginsNothingAndSaysSo(@TempDir Path folder) {
        Installation installation = new Installation(folder, "stopped-start").sync(SYNC, simulation);

        Ended ended = installation.command(
                process -> {
                    process.await(
                            "the ledger",
                            ConnectorProcess.START,
                            () -> Files.exists(folder.resolve("data").resolve("ledger.mv.db")),
                            Boolean::booleanValue);
                    process.askToStop();
                },
                "--run=" + SYNC);

        assertThat(ended.exitCode()).as("128 and the number of the signal").isEqualTo(143);
        assertThat(ended.out() + ended.err()).doesNotContain("\tat ", "FAILED TO START");
        assertThat(simulation.celona().log().count("POST", "assign-eid")).isZero();
    }

    /**
     * Three syncs, of which one waits for its assign-eid, one for its command and one for its activation. Vendors that
     * answer within the grace period are waited for, in the first night; others are not, in the second, and the next
     * process settles what they left.
     */
    @Test
    void callsOfEveryStepUnderWayAreJournaledAndTheNextProcessGoesOn(@TempDir Path folder) throws IOException {
        Installation installation = new Installation(folder, "stopped");
        for (String sync : SYNCS) {
            installation
                    .sync(sync, simulation)
                    .set(sync, "mdm.filter", "groupName==\"" + sync + "\"")
                    // the run does not end before each phone has its eSIM, however long the stop takes
                    .set(sync, "celona.provision.patience", "5m");
        }
        // of its two phones one is still to be posted
        installation.set("assigning", "celona.batch-size", "1").set("assigning", "celona.max-concurrency", "1");

        List<Phone> asleep = newPhones();
        try (ConnectorProcess process = installation.start()) {
            List<Hold> holds = stopWithCallsUnderWay(process);
            holds.forEach(Hold::release);
            process.awaitExit(EXIT);
            holds.forEach(Hold::drop);
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.texts("select step from journal where state <> 'ANSWERED'"))
                    .isEmpty();
            assertThat(ledger.journal("ASSIGN")).isEqualTo(Map.of("ANSWERED", 3L));
            assertThat(ledger.places()).as("no further batch is posted").containsEntry("WAITING ASSIGN", 1L);
            assertThat(ledger.devices()).hasSize(6);
            assertThat(ledger.texts("select trigger_state from qrtz_triggers where trigger_group = 'sync'"))
                    .as("the nightly triggers")
                    .containsExactly("WAITING", "WAITING", "WAITING");
        }
        restoreFromBackup(folder);

        List<Phone> asleepLater;
        int asked = questionsAboutCommands();
        try (ConnectorProcess process = installation.start()) {
            goOn(process, asked, asleep);
            process.await("every phone", GRACE, simulation.celona().truth()::activeEids, eids -> eids.size() == 6);
            asleepLater = newPhones();
            List<Hold> holds = stopWithCallsUnderWay(process);
            process.awaitExit(EXIT);
            holds.forEach(Hold::drop);
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.devices()).hasSize(12);
        }

        asked = questionsAboutCommands();
        try (ConnectorProcess process = installation.start()) {
            goOn(process, asked, asleepLater);
            process.stop();
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.places())
                    .as("one is in doubt, and no further batch is posted in its run")
                    .isEqualTo(Map.of("DONE DONE", 10L, "IN_DOUBT ASSIGN ASSIGN_IN_DOUBT", 1L, "WAITING ASSIGN", 1L));
            assertThat(ledger.texts("select step from journal where state = 'INTENDED'"))
                    .isEmpty();
        }
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(simulation.celona().log().count("POST", "assign-eid")).isEqualTo(4 + 3);
        assertThat(Stream.concat(asleep.stream(), asleepLater.stream()))
                .allSatisfy(
                        phone -> assertThat(simulation.jamf().commands(phone)).hasSize(1));
    }

    /**
     * Two new phones for each sync.
     *
     * @return those whose command is under way when the process is stopped, which are off
     */
    private List<Phone> newPhones() {
        SYNCS.forEach(sync -> Stream.of(sync, sync).forEach(this::newPhone));
        List<Phone> asleep = simulation.fleet().phones().stream()
                .filter(phone -> phone.groups().contains("pushing")
                        && simulation.jamf().commands(phone).isEmpty())
                .toList();
        asleep.forEach(phone -> phone.behaviour().online(false));
        return asleep;
    }

    private List<Hold> stopWithCallsUnderWay(ConnectorProcess process) {
        List<Hold> holds = List.of(
                underWay(process, "activating", simulation.celona().faults(), "/activation-from-file"),
                underWay(process, "pushing", simulation.jamf().faults(), "/mdm/commands"),
                underWay(process, "assigning", simulation.celona().faults(), "/assign-eid"));
        process.askToStop();
        process.await("the begin of the end", GRACE, process::isReady, ready -> !ready);
        return holds;
    }

    private int questionsAboutCommands() {
        return simulation.jamf().log().count("GET", "/mdm/commands");
    }

    /** Waits until the next process has nothing left to do; the phones are on once it has asked about each. */
    private void goOn(ConnectorProcess process, int asked, List<Phone> asleep) {
        // a phone that answers before Jamf has been asked about it has no active command any more
        simulation.jamf().log().awaitOver("GET", "/mdm/commands", asked + asleep.size(), GRACE);
        asleep.forEach(phone -> phone.behaviour().online(true));
        SYNCS.forEach(sync -> process.awaitClosed(sync, Duration.ofMinutes(1)));
    }

    private void newPhone(String group) {
        PhoneFleet fleet = simulation.fleet();
        Phone phone = fleet.add("Phone " + (fleet.phones().size() + 1)).join(group);
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
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
