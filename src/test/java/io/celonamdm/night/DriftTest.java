package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ledger.inventory.Drift;
import io.celonamdm.ledger.inventory.Drifts;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Done phones that change in the MDM; each test changes its own phone after a night without changes. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.guards.min-inventory=3",
            "connector.syncs.warehouse.celona.iccid-prefixes=8910521",
            "connector.syncs.warehouse.device-groups[0].when.mdm-group=Drivers",
            "connector.syncs.warehouse.device-groups[0].group=Field Crew",
            "connector.syncs.warehouse.default-group="
        })
class DriftTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(8, 21).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    Drifts drifts;

    @Autowired
    DeviceCounts counts;

    @Autowired
    Reports reports;

    @Autowired
    TestRestTemplate rest;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SIMULATION.celona().settings().deviceGroups("Field Crew");
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveANightWithoutNews() {
        night();
        night();
    }

    private static Phone phone(int index) {
        return FLEET.phones().get(index);
    }

    private List<Drift> drift(Phone phone) {
        return drifts.list(NAME, null, 1000).stream()
                .filter(drift -> drift.eid().value().equals(phone.eid()))
                .toList();
    }

    private void assertDrift(Phone phone, String... codes) {
        assertThat(drift(phone)).extracting(drift -> drift.code().name()).containsExactlyInAnyOrder(codes);
        assertThat(whereIs(phone)).as("drift is not acted on").isEqualTo("DONE DONE");
    }

    private boolean isVerified(Phone phone) {
        return jdbc.sql("select verified_at is not null from device where eid = :eid")
                .param("eid", phone.eid())
                .query(Boolean.class)
                .single();
    }

    @Test
    void aPhoneThatShowsItsEsimIsVerified() {
        RunReport report = reports.report(runs.latest(NAME).orElseThrow());

        assertThat(isVerified(phone(0))).isTrue();
        assertThat(counts.verified(NAME)).isGreaterThanOrEqualTo(7);
        assertThat(report.verified()).isEqualTo(counts.verified(NAME));
    }

    @Test
    void anotherNameIsDriftUntilItIsTheOldOneAgain() {
        Phone phone = phone(0);
        String name = phone.name();
        phone.name("Another name");
        Run run = night();
        assertDrift(phone, "RENAMED");
        assertThat(drift(phone).get(0).firstRun()).isEqualTo(run.id());
        assertThat(drift(phone).get(0).detail()).contains("Another name");
        assertThat(Objects.requireNonNull(run.report())).contains("\"RENAMED\":1");

        phone.name("A third name");
        night();
        assertThat(drift(phone).get(0).firstRun()).as("since when").isEqualTo(run.id());
        assertThat(drift(phone).get(0).detail()).contains("A third name");

        phone.name(name);
        night();
        assertDrift(phone);
    }

    @Test
    void anotherGroupIsDriftUntilTheRuleSaysTheOldOneAgain() {
        Phone phone = phone(1);
        phone.join("Drivers");
        night();
        assertDrift(phone, "GROUP_CHANGED");

        String body = rest.getForObject(
                "http://127.0.0.1:" + port + "/actuator/drift/" + SYNC + "?code=group_changed", String.class);
        assertThat(body).contains(phone.eid()).contains("Field Crew").contains("Celona's default group");
        phone.leave("Drivers");
        night();
        assertDrift(phone);
    }

    @Test
    void aPhoneThatIsGoneIsDriftUntilItIsBack() {
        Phone phone = phone(2);
        FLEET.remove(phone);
        night();
        assertDrift(phone);
        night();
        assertDrift(phone, "GONE_FROM_MDM");

        FLEET.add(phone);
        night();
        assertDrift(phone);
    }

    @Test
    void aPullThatIsTooSmallToBeTrueTellsOfNoDrift() {
        List<Phone> all = FLEET.phones();
        all.stream().skip(2).forEach(FLEET::remove);
        night();
        List<Drift> found = drifts.list(NAME, null, 1000);
        all.stream().skip(2).forEach(FLEET::add);

        assertThat(found).extracting(drift -> drift.code().name()).doesNotContain("GONE_FROM_MDM");
    }

    @Test
    void anotherEsimOfThePoolIsDrift() {
        Phone phone = FLEET.phones().get(FLEET.phones().size() - 1);
        phone.otherIccid("8901260507071800213").otherIccid("89105212033199999999");
        night();

        assertDrift(phone, "ICCID_MISMATCH");
        assertThat(isVerified(phone)).isTrue();
    }

    @Test
    void aPhoneThatWasEnrolledAnewIsReportedAndLeftAlone() {
        Phone phone = phone(3);
        int assigned = SIMULATION.celona().log().count("POST", "/assign-eid");
        int commands = SIMULATION.jamf().commands().size();
        phone.eraseAndEnrol(Instant.parse("2026-05-04T08:00:00Z"));
        night();
        night();

        assertDrift(phone, "RE_ENROLLED");
        assertThat(drift(phone).get(0).detail())
                .contains("2026-05-04", phone.managementId(), "no longer shows its eSIM");
        assertThat(isVerified(phone)).isFalse();
        assertThat(SIMULATION.jamf().commands()).hasSize(commands);
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(assigned);
    }

    @Test
    void aRecordThatDidNotChangeIsNotComparedAgain() {
        Phone phone = phone(4);
        jdbc.sql("update device set name = 'was sent by mistake' where eid = :eid")
                .param("eid", phone.eid())
                .update();
        night();
        assertDrift(phone);

        phone.user("somebody else");
        night();
        assertDrift(phone, "RENAMED");
    }

    @Test
    void otherRulesCompareEveryPhoneAgain() {
        Phone phone = phone(5);
        jdbc.sql("update device set name = 'was sent by another rule' where eid = :eid")
                .param("eid", phone.eid())
                .update();
        jdbc.sql("update sync set compared_by = 'other rules'").update();
        night();

        assertDrift(phone, "RENAMED");
    }
}
