package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.preflight.Finding;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.preflight.PreflightReport;
import io.celonamdm.preflight.Result;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.apple.ApiAccount;
import io.celonamdm.simulator.apple.AppleBusinessSimulator;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Phones that have their eSIMs assigned while they are in their boxes, and meet them once they are enrolled in Intune. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag(TestDatabase.POSTGRESQL)
class AppleBusinessNightTest extends NightTest {
    private static final String AHEAD = "ahead";
    private static final String BY_HAND = "by-hand";
    private static final int ORDER = 30;

    private static final PhoneFleet BOUGHT = new PhoneFleet(17);
    private static final List<Phone> PHONES = BOUGHT.addQuick(4);
    private static final PhoneFleet ENROLLED = new PhoneFleet(18);
    private static final AppleBusinessSimulator APPLE = AppleBusinessSimulator.start(BOUGHT)
            .service("1F97349736CF4614A94F624E705841AD", "Intune")
            .service("00000000000000000000000000000002", "Without an API");
    private static final Simulation SIMULATION = Simulation.start(BOUGHT);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, ENROLLED, SIMULATION.celona().smdp());

    @TempDir
    static Path orders = Path.of("");

    @Autowired
    DeviceCounts counts;

    @Autowired
    Audit audit;

    @Autowired
    Needs needs;

    @Autowired
    Preflight preflight;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        intuneSettings(registry, SIMULATION, INTUNE, SYNC);
        // the first days after an enrolment: the report has no EID, and the device's record neither
        INTUNE.settings().eidsInReport(false);
        set(registry, SYNC, "mdm.intune.complete-eids", "false");
        set(registry, SYNC, "mdm.enrich.apple-business", "true");
        account(registry, SYNC);
        for (String name : List.of(AHEAD, BY_HAND)) {
            celonaSettings(registry, SIMULATION, name);
            set(registry, name, "mdm.platform", "apple-business");
            account(registry, name);
        }
        set(registry, AHEAD, "mdm.apple-business.server", "Intune");
        set(registry, AHEAD, "guards.max-new", "10");
        set(registry, AHEAD, "guards.max-new-percent", "50");
        set(registry, BY_HAND, "mdm.apple-business.server", "without an api");
        registry.add("connector.syncs." + BY_HAND + ".mdm.folder", orders::toString);
        SIMULATION.celona().stock(3 * ORDER);
        APPLE.assign(PHONES.get(0), "1F97349736CF4614A94F624E705841AD");
        APPLE.assign(PHONES.get(1), "1F97349736CF4614A94F624E705841AD");
        APPLE.assign(PHONES.get(2), "00000000000000000000000000000002");
    }

    private static void account(DynamicPropertyRegistry registry, String name) {
        set(registry, name, "mdm.apple-business.client-id", ApiAccount.CLIENT_ID);
        set(registry, name, "mdm.apple-business.key-id", ApiAccount.KEY_ID);
        set(registry, name, "mdm.apple-business.private-key", APPLE.account().pem());
        set(registry, name, "mdm.apple-business.base-url", APPLE.url());
        set(registry, name, "mdm.apple-business.token-url", APPLE.tokenUrl());
    }

    private static void set(DynamicPropertyRegistry registry, String name, String key, String value) {
        registry.add("connector.syncs." + name + "." + key, () -> value);
    }

    @AfterAll
    static void stop() {
        INTUNE.close();
        APPLE.close();
        SIMULATION.close();
    }

    private Run night(String sync) {
        assertThat(trigger.run(syncs.get(sync), false)).isTrue();
        long run = runs.open(new SyncName(sync)).orElseThrow().id();
        await().atMost(PATIENCE).until(() -> runs.find(run).orElseThrow().closedAt() != null);
        return runs.find(run).orElseThrow();
    }

    @Test
    @Order(1)
    void aPreflightOnlyReads() {
        for (PreflightReport report : preflight.of(List.copyOf(syncs.all()), "before the first night")) {
            assertThat(report.findings())
                    .filteredOn(finding -> finding.check().startsWith("apple-business"))
                    .hasSizeGreaterThan(1)
                    .extracting(Finding::result)
                    .containsOnly(Result.OK);
        }
        assertThat(APPLE.log().writes())
                .extracting(call -> call.request().path())
                .containsOnly("/auth/oauth2/token");
    }

    @Test
    @Order(2)
    void aPhoneInItsBoxHasItsEsimAssigned() {
        assertThat(night(AHEAD).outcome()).as("%s", ledger()).isEqualTo(Outcome.SUCCESS);

        assertThat(ledger()).isEqualTo(Map.of("HELD PUSH AWAITS_ENROLMENT", 2L));
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(needs.of(syncs.get(AHEAD))).isEmpty();
    }

    @Test
    @Order(3)
    void aNightThatAppleSlowsDownTakesNoDeviceAway() throws SchedulerException {
        APPLE.faults().once("GET", "/relationships/devices", Fault.tooManyRequests(Duration.ofSeconds(1)));
        APPLE.faults().once("GET", "/v1/orgDevices", Fault.answer(200, "<html>Sign in</html>", Map.of()));

        assertThat(trigger.run(syncs.get(AHEAD), false)).isTrue();
        long run = runs.open(new SyncName(AHEAD)).orElseThrow().id();
        await().atMost(PATIENCE).until(() -> runs.find(run).orElseThrow().pullAttempts() == 1);
        assertThat(runs.find(run).orElseThrow().code()).isEqualTo(ReasonCode.THROTTLED.name());
        jdbc.sql("update run set pull_due_at = current_timestamp where pull_due_at is not null")
                .update();
        triggers.now(new SyncName(AHEAD));

        assertThat(awaitEnd(run).outcome()).as("%s", ledger()).isEqualTo(Outcome.SUCCESS);
        assertThat(ledger()).isEqualTo(Map.of("HELD PUSH AWAITS_ENROLMENT", 2L));
        assertThat(APPLE.log().count("GET", "/relationships/devices")).isEqualTo(3);
    }

    @Test
    @Order(4)
    void onceEnrolledItIsDoneWithoutASecondAssignment() {
        Phone phone = ENROLLED.add(PHONES.get(0));
        int posts = SIMULATION.celona().log().count("POST", "/assign-eid");

        assertThat(night().outcome()).as("%s", ledger()).isEqualTo(Outcome.SUCCESS);

        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
        assertThat(phone.celonaIccids()).hasSize(1);
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(posts);
        assertThat(audit.of(new Eid(phone.eid()))).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("take-over");
            assertThat(entry.detail()).isEqualTo("from sync " + AHEAD);
        });
        assertThat(whereIs(PHONES.get(1))).isEqualTo("HELD PUSH AWAITS_ENROLMENT");
    }

    @Test
    @Order(5)
    void whatAppleShowsOfAnEnrolledPhoneIsNoClaim() {
        assertThat(night(AHEAD).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(night().outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(whereIs(PHONES.get(0))).isEqualTo("DONE DONE");
        assertThat(counts.driftByCode(NAME)).isEmpty();
        assertThat(needs.of(syncs.get(AHEAD))).isEmpty();
    }

    @Test
    @Order(6)
    void aLargeOrderWaitsForApproval() {
        int posts = SIMULATION.celona().log().count("POST", "/assign-eid");
        BOUGHT.addQuick(ORDER).forEach(phone -> APPLE.assign(phone, "1F97349736CF4614A94F624E705841AD"));

        assertThat(night(AHEAD).outcome()).isEqualTo(Outcome.HELD_FOR_APPROVAL);

        assertThat(ledger()).containsEntry("HELD ASSIGN MAX_NEW", (long) ORDER);
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(posts);
    }

    @Test
    @Order(7)
    void anAdministratorGetsOrdersForTheOthers() throws IOException {
        assertThat(trigger.run(syncs.get(BY_HAND), false)).isTrue();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            try (Stream<Path> files = Files.list(orders.resolve("push"))) {
                assertThat(files.toList())
                        .singleElement()
                        .satisfies(file -> assertThat(Files.readString(file))
                                .contains(PHONES.get(2).eid(), PHONES.get(2).serialNumber()));
            }
        });
    }
}
