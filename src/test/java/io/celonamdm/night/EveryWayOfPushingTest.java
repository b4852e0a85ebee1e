package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.preflight.Finding;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.preflight.PreflightReport;
import io.celonamdm.preflight.Result;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.jamf.Privilege;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.LoggedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A night with every way of pushing, which waits for the phones' acknowledgement and locks their SIMs. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command,attribute,profile",
            "connector.syncs.warehouse.mdm.await=acknowledged",
            "connector.syncs.warehouse.sim-lock.status=Enabled",
            "connector.syncs.warehouse.sim-lock.policy=ONATTACH"
        })
@Tag(TestDatabase.POSTGRESQL)
class EveryWayOfPushingTest extends NightTest {
    private static final int PHONES = 12;
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(PHONES, 5));

    @Autowired
    Preflight preflight;

    @Autowired
    Audit audit;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SIMULATION.jamf().settings().extensionAttribute("Celona SM-DP+ address");
        SIMULATION.jamf().settings().extensionAttribute("Celona eSIM state");
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void aPreflightLooksAtEverythingAndWritesNothing() {
        SIMULATION.celona().log().clear();
        SIMULATION.jamf().log().clear();

        PreflightReport ready = preflight();

        assertThat(ready.findings())
                .filteredOn(finding -> finding.result() != Result.OK)
                .extracting(Finding::check)
                .containsExactly("expiry", "provisioned");
        assertThat(ready.result()).isEqualTo(Result.UNCHECKED);
        assertThat(ready.findings())
                .extracting(Finding::check)
                .containsExactly(
                        "settings",
                        "smdp-hosts",
                        "expiry",
                        "provisioned",
                        "celona key",
                        "celona customer",
                        "jamf client",
                        "jamf privileges",
                        "jamf devices",
                        "jamf commands",
                        "jamf group",
                        "jamf profile",
                        "clock",
                        "ledger");
        assertThat(SIMULATION.celona().log().writes()).isEmpty();
        assertThat(SIMULATION.jamf().log().writes())
                .allSatisfy(call -> assertThat(call.request().path()).endsWith("/oauth/token"));
        assertThat(audit.list(NAME, 1).get(0))
                .extracting(Audit.Entry::action, Audit.Entry::reason, Audit.Entry::detail)
                .containsExactly("preflight", "a test", "UNCHECKED");
    }

    @Test
    void aPreflightFindsWhatIsMissing() {
        SIMULATION.celona().settings().apiKey("another").customerId("7");
        SIMULATION.jamf().settings().revoke(Privilege.REFRESH_CELLULAR_PLANS);

        PreflightReport report = preflight();

        SIMULATION.celona().settings().apiKey(Simulation.API_KEY).customerId(Simulation.CUSTOMER_ID);
        SIMULATION.jamf().settings().grant(Privilege.REFRESH_CELLULAR_PLANS);
        assertThat(report.result()).isEqualTo(Result.FAILED);
        assertThat(report.findings())
                .filteredOn(finding -> finding.result() == Result.FAILED)
                .extracting(Finding::check, Finding::code)
                .containsExactly(
                        tuple("celona key", ReasonCode.FORBIDDEN),
                        tuple("jamf privileges", ReasonCode.PRIVILEGE_MISSING));
        assertThat(report.findings())
                .filteredOn(finding -> finding.result() == Result.FAILED)
                .allSatisfy(finding -> assertThat(finding.todo()).isNotEmpty());
        assertThat(audit.list(NAME, 1).get(0).detail())
                .isEqualTo("FAILED; celona key: FORBIDDEN, jamf privileges: PRIVILEGE_MISSING");
    }

    private PreflightReport preflight() {
        return preflight.of(syncs.all(), "a test").get(0);
    }

    @Test
    void everyPhoneIsAcknowledgedLockedAndInTheProfilesGroup() {
        SIMULATION.fleet().phones().get(0).behaviour().notNow(2);

        Run run = night();

        assertThat(run.outcome()).as("%s", ledger()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        assertThat(SIMULATION.jamf().log().of("POST", "/mdm/commands").stream()
                        .mapToInt(request ->
                                String.valueOf(request.request().json()).split("managementId", -1).length - 1)
                        .sum())
                .as("devices that were sent a command")
                .isEqualTo(PHONES);
        assertThat(SIMULATION.jamf().log().of("PATCH", "/static-groups/").stream()
                        .mapToInt(request ->
                                String.valueOf(request.request().json()).split("selected", -1).length - 1)
                        .sum())
                .as("memberships that were added")
                .isEqualTo(PHONES);
        assertThat(SIMULATION.jamf().log().count("POST", "/JSSResource/mobiledeviceconfigurationprofiles"))
                .isEqualTo(1);
        for (LoggedRequest activation : SIMULATION.celona().log().of("POST", "/activation-from-file")) {
            List<List<String>> rows = activation.csvRows();
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(7));
            assertThat(rows.get(1).subList(4, 7)).containsExactly("Enabled", "ONATTACH", "");
        }
    }
}
