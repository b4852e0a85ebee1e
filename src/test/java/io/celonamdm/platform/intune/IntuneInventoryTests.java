package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.Ownership;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@Slow
class IntuneInventoryTests {
    private static final String JOBS = "/exportJobs";

    private final PhoneFleet fleet = PhoneFleet.of(60, 7);

    @AutoClose
    private final Tenant tenant = new Tenant(fleet).set("mdm.page-size", 25);

    private Phone phone(int i) {
        return fleet.phones().get(i);
    }

    @Test
    void aReportShowsEveryDevice() throws Exception {
        tenant.pull();

        assertThat(tenant.pages()).extracting(List::size).containsExactly(25, 25, 10);
        assertThat(tenant.devices()).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
        assertThat(tenant.devices())
                .extracting(MdmDevice::name)
                .containsExactlyElementsOf(fleet.phones().stream()
                        .map(phone -> phone.name()
                                .replace("\r\n", " ")
                                .replace('\n', ' ')
                                .replaceAll("[\\p{Cntrl}&&[^\t]]", "")
                                .strip())
                        .toList());
        assertThat(tenant.completed()).isEqualTo(1);
        assertThat(tenant.intune().log().count("GET", JOBS)).isEqualTo(2);
    }

    @Test
    void theStorageAccountGetsNoToken() throws Exception {
        tenant.pull();

        assertThat(tenant.intune().log().of("GET", "/blob/")).singleElement().satisfies(call -> {
            assertThat(call.status()).hasValue(200);
            assertThat(call.request().header("Authorization")).isEmpty();
        });
    }

    @Test
    void whatIsReadOfADevice() throws Exception {
        tenant.intune().device(phone(0)).category("Scanners");

        tenant.pull();

        MdmDevice device = tenant.devices().get(0);
        assertThat(device.id()).isEqualTo(phone(0).managementId());
        assertThat(device.managementId()).isEqualTo(phone(0).managementId());
        assertThat(device.serialNumber()).isEqualTo(phone(0).serialNumber());
        assertThat(device.os()).isEqualTo("iOS");
        assertThat(device.category()).isEqualTo("Scanners");
        assertThat(device.enrolledAt()).isEqualTo(phone(0).lastEnrolled());
        assertThat(device.attributes())
                .containsEntry("ownership", "Corporate")
                .containsEntry("compliance", "Compliant")
                .containsEntry("entraDeviceId", tenant.intune().device(phone(0)).entraId());
    }

    @Test
    void devicesThatCannotBeServed() throws Exception {
        phone(0).ownership(Ownership.USER_ENROLLMENT);
        phone(1).managed(false);
        tenant.intune().device(phone(2)).os("macOS");
        tenant.intune().device(phone(3)).os("Windows");

        tenant.pull();

        assertThat(tenant.devices().subList(0, 5))
                .extracting(MdmDevice::excluded)
                .containsExactly(
                        ReasonCode.USER_ENROLLED, ReasonCode.UNMANAGED, ReasonCode.UNSUPPORTED_TYPE, null, null);
        assertThat(tenant.devices().get(3).eid()).isNull();
    }

    @Test
    void severalEidsInOneField() throws Exception {
        phone(0).reportedEid(phone(0).eid() + "; " + phone(1).eid());

        tenant.pull();

        assertThat(tenant.devices().get(0).eid()).isEqualTo(phone(0).eid());
        assertThat(tenant.devices().get(0).attributes()).containsEntry("eids", phone(0).eid() + ", " + phone(1).eid());
    }

    @Test
    void anEidThatTheReportLacksIsAskedForOneByOne() throws Exception {
        tenant.intune().settings().eidsInReport(false);
        tenant.intune().throttleInBatches(1);

        tenant.pull();

        assertThat(tenant.devices()).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
        assertThat(tenant.intune().log().count("POST", "/beta/$batch")).isEqualTo(2 + 2 + 1 + 1);
    }

    @Test
    void onlyTheDevicesThatTheSettingsWant() throws Exception {
        tenant.set("mdm.intune.categories[0]", "scanners").set("mdm.intune.operating-systems[0]", "ios");
        tenant.intune().device(phone(3)).category("Scanners");
        tenant.intune().device(phone(4)).category("Scanners").os("Windows");

        tenant.pull();

        assertThat(tenant.devices()).extracting(MdmDevice::id).containsExactly(phone(3).managementId());
    }

    @Test
    void theListShowsTheSame() throws Exception {
        tenant.set("mdm.intune.inventory", "list").set("mdm.filter", "deviceCategoryDisplayName eq 'A & B'");
        tenant.intune().settings().pageSize(40);
        phone(2).otherIccid("8914800000000000001");

        tenant.pull();

        assertThat(tenant.pages()).extracting(List::size).containsExactly(40, 20);
        assertThat(tenant.devices()).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
        assertThat(tenant.devices().get(2).iccids()).containsExactly("8914800000000000001");
        assertThat(tenant.devices().get(3).iccids()).isEmpty();
        assertThat(tenant.completed()).isEqualTo(1);
        assertThat(tenant.intune()
                        .log()
                        .of("GET", "/managedDevices")
                        .get(0)
                        .request()
                        .query("$filter"))
                .contains("deviceCategoryDisplayName eq 'A & B'");
    }

    @Test
    void aLinkToAnotherHostIsNotFollowed() {
        tenant.set("mdm.intune.inventory", "list");
        tenant.intune().settings().pageSize(40);
        tenant.intune()
                .faults()
                .once("GET", "/managedDevices", Fault.changedBody(page -> page.replace("127.0.0.1", "localhost")));

        assertThatThrownBy(tenant::pull).isInstanceOf(UnreadableAnswer.class).hasMessageContaining("link");
        assertThat(tenant.completed()).isZero();
    }

    @Test
    void aReportThatFails() {
        tenant.intune().settings().report(1, "failed");

        assertFails(tenant::pull, "failed");
    }

    @Test
    void aReportThatIsNeverFinished() {
        tenant.set("mdm.intune.export-timeout", "1s");
        tenant.intune().settings().report(1, "inProgress");

        assertFails(tenant::pull, "export-timeout");
    }

    @Test
    void aReportThatHasExpired() {
        tenant.intune().settings().expired(true);

        assertFails(tenant::pull, "expired");
    }

    @Test
    void aFileThatIsNoZip() {
        tenant.intune().faults().once("GET", "/blob/", Fault.html());

        assertFails(tenant::pull, "not a zip");
    }

    @Test
    void aFileThatIsGone() {
        tenant.intune().faults().once("GET", "/blob/", Fault.status(404));

        assertFails(tenant::pull, "status 404");
    }

    @Test
    void aFileThatIsCutOff() {
        tenant.intune().faults().once("GET", "/blob/", Fault.truncated());

        assertFails(tenant::pull, "cannot be read");
    }

    private void assertFails(ThrowingCallable pull, String reason) {
        assertThatThrownBy(pull).isInstanceOfSatisfying(KnownFailure.class, failure -> {
            assertThat(failure.failure().code()).isEqualTo(ReasonCode.EXPORT_FAILED);
            assertThat(failure.failure().again()).isNotNull();
            assertThat(failure).hasMessageContaining(reason).hasMessageNotContaining("sig=");
        });
        assertThat(tenant.completed()).isZero();
    }

    @Test
    void aPermissionThatIsMissingIsNamed() {
        tenant.intune().settings().revoke("DeviceManagementManagedDevices.ReadWrite.All");

        assertThatThrownBy(tenant::pull)
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseBody())
                                .contains("DeviceManagementManagedDevices.ReadWrite.All")
                                .contains("Application is not authorized")
                                .doesNotContain("_version"));
    }

    @Test
    void aTokenThatExpiresOnTheWay() throws Exception {
        tenant.pull();
        tenant.intune().expireTokens();

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(2);
        assertThat(tenant.intune().log().count("POST", "/token")).isEqualTo(2);
    }

    @Test
    void theTenantAsksForFewerCalls() {
        tenant.intune().faults().once("POST", JOBS, Fault.tooManyRequests(Duration.ofSeconds(30)));

        assertThatThrownBy(tenant::pull).isInstanceOfSatisfying(HttpOperationFailedException.class, failure -> {
            assertThat(failure.getStatusCode()).isEqualTo(429);
            assertThat(failure.getResponseHeaders()).containsEntry("Retry-After", "30");
        });
    }

    @Test
    void aLookAsksOnlyDevicesThatWereEnrolledLatelyForTheirEids() {
        Instant since = Instant.parse("2026-11-24T00:00:00Z");
        Phone fresh = fleet.add("Fresh").lastEnrolled(since.plusSeconds(3600));

        List<MdmDevice> shown = tenant.look(since);

        // the simulator ignores the filter, as Graph may
        assertThat(shown).extracting(MdmDevice::eid).containsExactly(fresh.eid());
        assertThat(tenant.intune().log().count("POST", "/$batch")).isEqualTo(1);
        assertThat(tenant.intune().log().of("GET", "/v1.0/deviceManagement/managedDevices"))
                .singleElement()
                .satisfies(call -> assertThat(call.request().query("$filter"))
                        .hasValue("lastSyncDateTime gt 2026-11-24T00:00:00Z"));
        assertThat(tenant.completed()).isZero();
    }

    @Test
    void aLookWithoutNewDevicesIsOneCall() {
        assertThat(tenant.look(Instant.parse("2026-11-24T00:00:00Z"))).isEmpty();

        assertThat(tenant.intune().log().count("POST", "/$batch")).isZero();
    }

    @Test
    void aLookDoesNotReadATenantToItsEnd() {
        tenant.intune().settings().pageSize(1);

        assertThat(tenant.look(Instant.parse("2020-01-01T00:00:00Z"))).hasSize(25);
    }
}
