package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Too many failures at one step: the sync stops until a probe succeeds. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            // a call for many devices fails once, and is made again for fewer
            "connector.syncs.warehouse.mdm.devices-per-call=1",
            "connector.syncs.warehouse.guards.min-inventory=0",
            // fewer at once than failures in a row: of calls that fail in turn, the failed ones are known sooner
            "connector.syncs.warehouse.mdm.max-concurrency=4",
            "connector.syncs.warehouse.breaker.in-a-row=6",
            "connector.syncs.warehouse.breaker.percent=50",
            "connector.syncs.warehouse.breaker.percent-from=20",
            "connector.syncs.warehouse.breaker.same-refusals=1000"
        })
class BreakerTest extends NightTest {
    private static final String COMMANDS = "/mdm/commands";
    private static final String REFUSAL = "{\"httpStatus\": 400, \"errors\": [{\"code\": \"INVALID\"}]}";
    private static final PhoneFleet FLEET = PhoneFleet.of(0, 41);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    CamelContext camel;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.provision.patience", () -> "6s");
        SIMULATION.celona().stock(200);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void forgetTheFleetBefore() {
        SIMULATION.celona().faults().clear();
        SIMULATION.jamf().faults().clear();
        states.release(NAME);
        jdbc.sql("update device set place = 'DONE', due_at = null where place in ('WAITING', 'HELD')")
                .update();
        runs.open(NAME).ifPresent(run -> runs.close(run.id(), Run.Outcome.FAILED, null, null, "a test before"));
        FLEET.phones().forEach(FLEET::remove);
        night();
        SIMULATION.jamf().log().clear();
    }

    private Quarantine awaitQuarantine() {
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);
        return quarantine();
    }

    @Test
    void callsThatFailInARowStopTheSyncUntilAProbeGoesWell() throws SchedulerException {
        List<Phone> phones = FLEET.addQuick(10);
        SIMULATION.jamf().faults().always("POST", COMMANDS, Fault.status(503));
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();

        Quarantine quarantine = awaitQuarantine();
        assertThat(quarantine.code()).isEqualTo(ReasonCode.TOO_MANY_FAILURES);
        assertThat(quarantine.reason())
                .contains("failures in a row at PUSH; the last one: VENDOR_ERROR: status 503 from 127.0.0.1");
        assertThat(phones).noneMatch(phone -> whereIs(phone).startsWith("DEAD"));

        // what was under way when the sync was stopped fails as well, and would end the quarantine's next probe
        await().atMost(PATIENCE).until(() -> camel.getInflightRepository().size() == 0);
        int before = SIMULATION.jamf().log().count("POST", COMMANDS);
        probeNow();
        await().atMost(PATIENCE)
                .until(() ->
                        Objects.requireNonNull(states.find(NAME).orElseThrow().quarantine())
                                        .probes()
                                == 1);
        assertThat(SIMULATION.jamf().log().count("POST", COMMANDS)).isEqualTo(before + 1);

        SIMULATION.jamf().faults().clear();
        probeNow();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phones)
                        .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE")));
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();
    }

    @Test
    void deadLettersStopTheSyncBeforeTheWholeFleetIsDead() {
        FLEET.addQuick(30);
        SIMULATION.jamf().faults().always("POST", COMMANDS, Fault.answer(400, REFUSAL, Map.of()));
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();

        Quarantine quarantine = awaitQuarantine();
        assertThat(quarantine.code()).isEqualTo(ReasonCode.TOO_MANY_FAILURES);
        assertThat(quarantine.reason()).contains("COMMAND_FAILED");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ledger().getOrDefault("DEAD PUSH COMMAND_FAILED", 0L))
                        .isBetween(6L, 15L));
    }

    @Test
    void aShareOfFailuresStopsTheSync() {
        FLEET.addQuick(60);
        int[] calls = {0};
        SIMULATION.jamf().faults().always("POST", COMMANDS, (request, endpoint) -> {
            synchronized (calls) {
                calls[0]++;
                // never six in a row, but every second one
                return calls[0] % 2 == 0 ? Fault.status(400).apply(request, endpoint) : endpoint.answer(request);
            }
        });
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();

        assertThat(awaitQuarantine().reason()).containsPattern("\\d+ failures out of \\d+ at PUSH");
    }

    @Test
    void phonesThatAreOffAreNoFailures() {
        List<Phone> phones = FLEET.addQuick(12);
        phones.forEach(phone -> phone.behaviour().online(false));

        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);

        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).endsWith("PUSH NOT_PROVISIONED"));
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();
        phones.forEach(phone -> phone.behaviour().online(true));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phones)
                        .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE")));
    }
}
