package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.RecordPage;
import io.celonamdm.json.Timestamps;
import io.celonamdm.settings.mdm.MdmSettings.AttributeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceReaderTests {
    private static final String EID = "89049032007008882600085727376656";

    private final DeviceReader reader =
            new DeviceReader(new AttributeSettings("Celona SM-DP+ address", "Celona eSIM state"));

    @Test
    void wholeRecord() {
        MdmDevice device = read("""
                {"mobileDeviceId":"101","deviceType":"iOS",
                 "general":{"udid":"00008130-000A1D2E3F40001C","displayName":"Warehouse iPhone 07","assetTag":"A-0107",
                  "siteId":"3","lastInventoryUpdateDate":"2026-11-21T22:14:03.25Z","managed":true,
                  "deviceOwnershipType":"Institutional","managementId":"9932fad3-29e9-4b71-bc7c-77dcefce819d",
                  "lastEnrolledDate":"2026-03-02T08:00:00Z"},
                 "hardware":{"serialNumber":"C7CX706CKWTK","modelIdentifier":"iPhone16,1","model":"iPhone 15 Pro",
                  "extensionAttributes":[{"name":"Shelf","value":["B2"]}]},
                 "userAndLocation":{"username":"tom","realName":"Tom T","building":"HQ","department":"Ops"},
                 "network":{"imei":"1","iccid":"2","eid":"%1$s"},
                 "serviceSubscriptions":[
                  {"slot":"CTSubscriptionSlotTwo","eid":"%1$s","imei":"35 882334 083223 1","iccid":"8910 5210 0000 0000 017"},
                  {"slot":"CTSubscriptionSlotOne","iccid":"8901 2605 7071 8002 130","imei":"35 882334 083223 0"}],
                 "groups":[{"groupName":"Pilot"},{"groupName":"Drivers"}],
                 "extensionAttributes":[{"name":"Shift","value":["early","late"]},{"name":"Empty","value":[]},
                  {"name":"Celona eSIM state","value":["DONE"]}]}
                """.formatted(EID));

        assertThat(device)
                .isEqualTo(MdmDevice.builder("101")
                        .managementId("9932fad3-29e9-4b71-bc7c-77dcefce819d")
                        .name("Warehouse iPhone 07")
                        .serialNumber("C7CX706CKWTK")
                        .model("iPhone 15 Pro")
                        .user("tom")
                        .os("iOS")
                        .eid(EID)
                        .imei("35 882334 083223 1")
                        .iccids(List.of("8910521000000000017"))
                        .groups(List.of("Drivers", "Pilot"))
                        .enrolledAt(Instant.parse("2026-03-02T08:00:00Z"))
                        .attributes(Map.of(
                                "Shelf", "B2",
                                "Shift", "early, late",
                                "building", "HQ",
                                "department", "Ops",
                                "realName", "Tom T",
                                "site", "3",
                                "modelIdentifier", "iPhone16,1",
                                "assetTag", "A-0107",
                                "udid", "00008130-000A1D2E3F40001C"))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "17",
                "{\"mobileDeviceId\":null,\"general\":null,\"network\":null,\"serviceSubscriptions\":null,\"groups\":null}",
                "{\"mobileDeviceId\":{},\"deviceType\":[],\"general\":\"x\",\"hardware\":[1],\"serviceSubscriptions\":{\"eid\":1}}",
                "{\"general\":{\"managed\":\"maybe\",\"lastEnrolledDate\":17,\"displayName\":false,\"siteId\":null},\"groups\":[1,null,{}]}",
                "{\"serviceSubscriptions\":[null,3,{\"eid\":null},{\"eid\":\" \"}],\"extensionAttributes\":[{\"name\":3.5,\"value\":\"x\"}]}"
            })
    void oddRecordReadsAsOneWithoutTheOddFields(String json) {
        assertThat(read(json)).isEqualTo(MdmDevice.builder("").build());
    }

    @Test
    void eidOfTheNetworkSectionIfNoSubscriptionHasOne() {
        MdmDevice device = read(
                "{\"network\":{\"eid\":\"%s\",\"imei\":\"35\",\"iccid\":\"89\"},\"serviceSubscriptions\":[{\"iccid\":\"8901\"}]}"
                        .formatted(EID));

        assertThat(device.eid()).isEqualTo(EID);
        assertThat(device.imei()).isEqualTo("35");
        assertThat(device.iccids()).as("a physical SIM's").isEmpty();
    }

    @Test
    void subscriptionsInAnyOrderAreTheSameDevice() {
        String one = "{\"slot\":\"CTSubscriptionSlotOne\",\"eid\":\"8904 9032\",\"imei\":\"1\",\"iccid\":\"89 02\"}";
        String two = "{\"slot\":\"CTSubscriptionSlotTwo\",\"eid\":\"89049032\",\"imei\":\"2\",\"iccid\":\"89 01\"}";

        MdmDevice device = read("{\"serviceSubscriptions\":[%s,%s]}".formatted(two, one));

        assertThat(device).isEqualTo(read("{\"serviceSubscriptions\":[%s,%s]}".formatted(one, two)));
        assertThat(device.eid()).isEqualTo("8904 9032");
        assertThat(device.iccids()).containsExactly("8901", "8902");
    }

    @ParameterizedTest
    @CsvSource({
        "tvOS, true, Institutional, UNSUPPORTED_TYPE",
        "iOS, false, Institutional, UNMANAGED",
        "ios, true, UserEnrollment, USER_ENROLLED",
        "iOS, true, AccountDrivenUserEnrollment, USER_ENROLLED",
        "IOS, true, AccountDrivenDeviceEnrollment, ",
        "ios, true, Institutional, "
    })
    void excluded(String type, boolean managed, String ownership, ReasonCode reason) {
        MdmDevice device = read("{\"deviceType\":\"%s\",\"general\":{\"managed\":%s,\"deviceOwnershipType\":\"%s\"}}"
                .formatted(type, managed, ownership));

        assertThat(device.excluded()).isEqualTo(reason);
    }

    @Test
    void inventoryDateOnlyWhereNoEnrolmentIsKnown() {
        MdmDevice device = read("{\"general\":{\"lastInventoryUpdateDate\":\"2026-11-21T22:14:03.25Z\"}}");

        assertThat(device.inventoryAt()).isEqualTo(Instant.parse("2026-11-21T22:14:03Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T22:14:03Z, 2026-11-21T22:14:03Z",
        "2026-11-21T22:14:03.1Z, 2026-11-21T22:14:03Z",
        "2026-11-21T22:14:03.123456789012Z, 2026-11-21T22:14:03Z",
        "2026-11-21T22:14:03.Z, 2026-11-21T22:14:03Z",
        "2026-11-21T22:14:03+0100, 2026-11-21T21:14:03Z",
        "2026-11-21T22:14:03.5-05:00, 2026-11-22T03:14:03Z",
        "2026-11-21 22:14:03, 2026-11-21T22:14:03Z",
        "2026-13-41T22:14:03Z, ",
        "yesterday, "
    })
    void timestamps(String text, Instant time) {
        assertThat(Timestamps.parse(text).orElse(null)).isEqualTo(time);
    }

    /** As part of a page, of which nothing is read but the fields that are named. */
    private MdmDevice read(String json) {
        byte[] page = "{\"results\":[%s]}".formatted(json).getBytes(StandardCharsets.UTF_8);
        try {
            return Objects.requireNonNull(RecordPage.read(page, "results", DeviceReader.FIELDS, reader::read)
                            .records())
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
