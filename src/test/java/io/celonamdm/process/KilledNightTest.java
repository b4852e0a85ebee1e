package io.celonamdm.process;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.process.Ledger.Row;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.Esim;
import io.celonamdm.simulator.celona.EsimState;
import io.celonamdm.simulator.jamf.MdmCommand;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Hold;
import io.celonamdm.simulator.web.Hold.Point;
import io.celonamdm.simulator.web.LoggedRequest;
import io.celonamdm.simulator.web.RequestLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night in which one process after the other dies during a call; the next one continues from the ledger alone. {@link
 * CrashTest} covers assignments.
 */
@Slow
class KilledNightTest {
    private static final String SYNC = "warehouse";
    private static final String GROUP = "Field Crew";
    private static final int PHONES = 12;
    private static final int BATCH = 4;
    private static final Duration ARRIVAL = Duration.ofSeconds(30);
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final PhoneFleet fleet = PhoneFleet.of(PHONES, 7).inGroup(GROUP);
    private final Simulation simulation = Simulation.start(fleet);
    private final RequestLog celona = simulation.celona().log();
    private final RequestLog jamf = simulation.jamf().log();

    @TempDir
    Path folder;

    private Installation installation;
    private ConnectorProcess process;

    @BeforeEach
    void start() {
        simulation.celona().settings().assignDelay(Duration.ofMillis(300)).deviceGroups(GROUP);
        installation = new Installation(folder, "killed")
                .sync(SYNC, simulation)
                .set(SYNC, "device-groups[0].when.mdm-group", GROUP)
                .set(SYNC, "device-groups[0].group", GROUP)
                .set(SYNC, "celona.batch-size", String.valueOf(BATCH))
                .set(SYNC, "celona.max-concurrency", "1");
        process = installation.start();
        assertThat(process.run(SYNC)).isEqualTo(202);
        // nothing else happens in this process that could wake a scheduler which has missed the new trigger
        jamf.await("GET", "/mobile-devices/detail", 1, Duration.ofSeconds(15));
    }

    @AfterEach
    void stop() {
        process.close();
        simulation.close();
    }

    @Test
    void eachProcessGoesOnWhereTheOneBeforeItDied() {
        aQuestionForTheStatusIsCutShort();
        commandsThatJamfTookAreCutShort();
        List<String> activated = anActivationIsCutShort();

        process = installation.start();
        process.awaitEveryPhone(SYNC, RECOVERY);
        assertThat(process.run(SYNC)).isEqualTo(202);
        process.await(
                "the next night, which has the next number",
                RECOVERY,
                () -> process.sync(SYNC).path("lastRun").path("id").asLong(),
                id -> id >= 2);
        assertThat(process.sync(SYNC).path("lastRun").path("id").asLong()).isEqualTo(2);
        process.kill();

        assertThat(celona.of("POST", "activation-from-file").stream()
                        .skip(2)
                        .flatMap(repeated -> iccids(repeated).stream()))
                .as("devices whose activation had no answer are sent again")
                .containsAll(activated);
        assertThat(fleet.phones())
                .as("commands that Jamf took are found, answered or not, and not sent again")
                .allSatisfy(
                        phone -> assertThat(simulation.jamf().commands(phone)).hasSize(1));
        everyPhoneIsDone();
    }

    /** The next process asks again. */
    private void aQuestionForTheStatusIsCutShort() {
        Hold question = simulation.celona().faults().hold("GET", "eid-status", Point.AFTER_PROCESSING);
        question.awaitArrival(ARRIVAL);
        // a batch whose answer is under way at that moment would be in doubt, and rightly so
        process.await(
                "every assignment answered",
                ARRIVAL,
                () -> process.sync(SYNC).path("waiting").path("AWAIT").asInt(),
                devices -> devices == PHONES);
        process.kill();
        question.drop();
    }

    /** Of the phones, every other one is off and leaves its command in Jamf's queue; the others answer theirs. */
    private void commandsThatJamfTookAreCutShort() {
        for (int i = 0; i < PHONES; i += 2) {
            fleet.phones().get(i).behaviour().online(false);
        }
        letOnePass(simulation.jamf().faults(), "POST", "/mdm/commands");
        Hold commands = simulation.jamf().faults().hold("POST", "/mdm/commands", Point.AFTER_PROCESSING);
        process = installation.start();

        LoggedRequest held = killDuring(commands, jamf, "POST", "/mdm/commands");
        List<Phone> commanded = fleet.phones().stream()
                .filter(phone -> held.request().json().toString().contains(phone.managementId()))
                .toList();
        assertThat(commanded).extracting(phone -> phone.behaviour().online()).contains(true, false);
        Awaitility.await("answers of the phones that are on")
                .atMost(ARRIVAL)
                .until(() -> commanded.stream()
                        .filter(phone -> phone.behaviour().online())
                        .flatMap(phone -> simulation.jamf().commands(phone).stream())
                        .noneMatch(MdmCommand::active));
    }

    /**
     * Its answer is judged by the journal.
     *
     * @return the eSIMs that were activated
     */
    private List<String> anActivationIsCutShort() {
        // the first use of an op code is one device
        letOnePass(simulation.celona().faults(), "POST", "activation-from-file");
        Hold activation = simulation.celona().faults().hold("POST", "activation-from-file", Point.AFTER_PROCESSING);
        int asked = jamf.count("GET", "/mdm/commands");
        process = installation.start();
        jamf.awaitOver("GET", "/mdm/commands", asked + 1, RECOVERY);
        fleet.phones().forEach(phone -> phone.behaviour().online(true));

        List<String> activated = iccids(killDuring(activation, celona, "POST", "activation-from-file"));
        assertThat(activated).isNotEmpty();
        return activated;
    }

    private static void letOnePass(Faults faults, String method, String path) {
        faults.once(method, path, (request, endpoint) -> endpoint.answer(request));
    }

    /** Kills the process while the second call of a kind is under way. */
    private LoggedRequest killDuring(Hold hold, RequestLog log, String method, String path) {
        try {
            hold.awaitArrival(ARRIVAL);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + process.tail(), e);
        }
        List<LoggedRequest> calls = log.of(method, path);
        LoggedRequest held =
                calls.stream().filter(call -> !call.over()).findFirst().orElseThrow();
        assertThat(calls).as("the call under way is the one meant").hasSizeGreaterThanOrEqualTo(2);
        process.kill();
        hold.drop();
        return held;
    }

    private void everyPhoneIsDone() {
        ledgerAgreesWithTruth();
        assertThat(places()).as(process.tail()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        assertThat(simulation.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(simulation.celona().truth().esims(EsimState.ACTIVE))
                .extracting(Esim::group)
                .containsOnly(GROUP);
        assertThat(celona.of("POST", "assign-eid").stream().flatMap(call -> eids(call).stream()))
                .containsExactlyInAnyOrderElementsOf(fleet.eids());
    }

    private void ledgerAgreesWithTruth() {
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
        try (Ledger ledger = installation.ledger()) {
            List<Row> devices = ledger.devices();
            assertThat(devices).extracting(Row::eid).containsExactlyInAnyOrderElementsOf(fleet.eids());
            assertThat(ledger.texts("select step from journal where state = ?", "INTENDED"))
                    .as("calls of which nobody knows what became")
                    .isEmpty();
            assertThat(devices).noneMatch(device -> device.place().equals("IN_FLIGHT"));
            assertThat(devices)
                    .filteredOn(device -> device.place().equals("DONE"))
                    .allSatisfy(device -> assertThat(simulation.celona().truth().esim(device.iccid()))
                            .hasValueSatisfying(esim -> {
                                assertThat(esim.eid()).isEqualTo(device.eid());
                                assertThat(esim.state()).isEqualTo(EsimState.ACTIVE);
                            }));
            assertThat(devices)
                    .filteredOn(device -> device.place().equals("WAITING"))
                    .allSatisfy(device -> assertThat(simulation.celona().truth().iccidsOf(device.eid()))
                            .isEmpty());
        }
    }

    private Map<String, Long> places() {
        try (Ledger ledger = installation.ledger()) {
            return ledger.places();
        }
    }

    private static Set<String> eids(LoggedRequest assignment) {
        return assignment.csvRows().stream().skip(1).map(row -> row.get(0)).collect(toSet());
    }

    private static List<String> iccids(LoggedRequest activation) {
        return activation.csvRows().stream().skip(1).map(row -> row.get(0)).toList();
    }
}
