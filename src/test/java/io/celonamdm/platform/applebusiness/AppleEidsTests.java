package io.celonamdm.platform.applebusiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.platform.csv.KnownEids;
import io.celonamdm.preflight.Seen;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.apple.ApiAccount;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Apple knows of the devices of another MDM, and what a preflight sees of it. */
@Slow
class AppleEidsTests {
    private final PhoneFleet fleet = PhoneFleet.of(30, 9);

    @AutoClose
    private final Organization organization =
            new Organization(fleet).set("mdm.apple-business.page-size", 10).set("mdm.enrich.apple-business", "true");

    private Phone phone(int i) {
        return fleet.phones().get(i);
    }

    private static MdmDevice shown(String id, String serialNumber) {
        return MdmDevice.builder(id).serialNumber(serialNumber).build();
    }

    @Test
    void aDeviceGetsItsEidByItsSerialNumber() throws Exception {
        KnownEids known = organization.eids();
        assertThat(known.size()).isEqualTo(30);

        InventoryPage now = known.fill(InventoryPage.of(List.of(
                shown("1", phone(0).serialNumber().toLowerCase(Locale.ROOT)),
                shown("2", phone(29).serialNumber()),
                shown("3", "of another company"),
                shown("4", phone(1).serialNumber()).withEid(phone(5).eid()))));

        assertThat(now.devices()).extracting(MdmDevice::id).containsExactly("3", "4");
        assertThat(known.rest().devices())
                .extracting(MdmDevice::eid)
                .containsExactly(phone(0).eid(), phone(29).eid());
        assertThat(organization.apple().log().count("GET", "/v1/orgDevices")).isEqualTo(3);
    }

    @Test
    void recordsOfOneSerialNumberAreOneDevice() throws Exception {
        KnownEids known = organization.eids();

        known.fill(InventoryPage.of(List.of(shown("before a wipe", phone(0).serialNumber()))));
        known.fill(InventoryPage.of(List.of(shown("after it", phone(0).serialNumber()))));

        InventoryPage rest = known.rest();
        assertThat(rest.devices()).extracting(MdmDevice::eid).containsExactly(phone(0).eid(), phone(0).eid());
        assertThat(rest.notes()).isEmpty();
    }

    @Test
    void devicesWithoutAnEidAndOddRecordsAreNotKnown() throws Exception {
        organization.apple().show(phone(0), "eid", null);
        organization.apple().show(phone(1), "eid", "");
        organization.apple().show(phone(2), "eid", "N/A");
        organization.apple().show(phone(3), "eid", Map.of());
        organization.apple().show(phone(4), "serialNumber", "");
        organization.apple().showRecord(7);

        // without its attribute, a serial number is the id
        assertThat(organization.eids().size()).isEqualTo(30 - 4);
    }

    @Test
    void aFileThatContradictsAppleAssignsNothing(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("eids.csv"),
                "Serial,EID\n%s,%s\n%s,%s\n"
                        .formatted(phone(0).serialNumber(), phone(1).eid(), phone(2).serialNumber(), phone(2).eid()));
        organization.set("mdm.enrich.file", file.toString());
        KnownEids known = organization.eids();

        known.fill(InventoryPage.of(List.of(shown("1", phone(0).serialNumber()), shown("2", phone(2).serialNumber()))));

        InventoryPage rest = known.rest();
        assertThat(rest.devices()).extracting(MdmDevice::eid).containsExactly(null, phone(2).eid());
        assertThat(rest.notes()).extracting(BrokenRecord::code).containsExactly(ReasonCode.SHARED_KEY);
    }

    @Test
    void anOutageFailsThePull() {
        organization.apple().faults().always("GET", "/v1/orgDevices", Fault.answer(500, "", Map.of()));

        assertThatThrownBy(organization::eids).isInstanceOf(HttpOperationFailedException.class);
    }

    @Test
    void aPreflightLooksAtWhatIsNeeded(@TempDir Path folder) {
        organization.set("mdm.folder", folder.toString());

        assertThat(organization.checks())
                .hasEntrySatisfying(
                        "apple-business client",
                        seen -> assertThat(((Seen) seen).text()).isEqualTo("127.0.0.1 gives access tokens"))
                .hasEntrySatisfying(
                        "apple-business devices",
                        seen -> assertThat(((Seen) seen).text()).isEqualTo("devices are shown"))
                .hasEntrySatisfying(
                        "apple-business server",
                        seen -> assertThat(((Seen) seen).text()).contains(Organization.SERVICE))
                .containsKey("apple-business folder");
        assertThat(organization.apple().log().writes())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.request().path()).isEqualTo("/auth/oauth2/token"));
    }

    @Test
    void aPreflightNamesWhatIsWrong() {
        organization.set("mdm.apple-business.server", "nobody's");
        organization.set("mdm.apple-business.client-id", "BUSINESSAPI.another");

        assertThat(organization.checks())
                .containsEntry("apple-business client", ReasonCode.BAD_CREDENTIALS)
                .containsEntry("apple-business server", ReasonCode.BAD_CREDENTIALS);

        organization.set("mdm.apple-business.client-id", ApiAccount.CLIENT_ID);
        assertThat(organization.checks()).containsEntry("apple-business server", ReasonCode.MDM_SERVER_UNKNOWN);
    }

    @Test
    void anOrganizationWithoutDevicesIsAWarning() throws Exception {
        try (Organization empty = new Organization(new PhoneFleet(1))) {
            assertThat(empty.checks())
                    .hasEntrySatisfying(
                            "apple-business devices",
                            seen -> assertThat(((Seen) seen).code()).isEqualTo(ReasonCode.NO_DEVICES));
        }
    }
}
