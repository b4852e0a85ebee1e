package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.fuzz.JsonTrees;
import io.celonamdm.json.Fields;
import io.celonamdm.platform.MdmDevice;
import io.celonamdm.settings.MdmSettings.AttributeSettings;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever Jamf Pro shows, each record becomes a device and each command has a fate, or the answer is refused. */
class JamfFuzzTests {
    private static final Map<String, Object> DEVICE = Map.of(
            "mobileDeviceId",
            "12",
            "deviceType",
            "iOS",
            "general",
            Map.of(
                    "displayName",
                    "Phone",
                    "managed",
                    true,
                    "managementId",
                    "73226fb6-61df-4c10-9552-eb9bc353d507",
                    "deviceOwnershipType",
                    "Institutional",
                    "lastEnrolledDate",
                    "2026-03-02T08:00:00Z",
                    "lastInventoryUpdateDate",
                    "2026-03-02T08:00:00Z",
                    "extensionAttributes",
                    List.of(Map.of("id", "1", "name", "Celona eSIM state", "value", List.of("DONE")))),
            "hardware",
            Map.of("serialNumber", "C02Q7KHTGFWF", "model", "iPhone"),
            "network",
            Map.of(
                    "eid",
                    "89049032692062826375526599366404",
                    "imei",
                    "359881030314356",
                    "iccid",
                    "8910521203310000351"),
            "serviceSubscriptions",
            List.of(Map.of("iccid", "8910521203310000351", "imei", "359881030314356", "eid", "8904")),
            "userAndLocation",
            Map.of("username", "ada", "realName", "Ada", "emailAddress", "ada@example.com"),
            "groups",
            List.of(Map.of("groupId", "1", "groupName", "Drivers")));
    private static final Map<String, Object> COMMAND = Map.of(
            "uuid",
            "aaaaaaaa-3f1e-4b3a-a5b3-ca0cd7430937",
            "commandState",
            "ERROR",
            "commandError",
            Map.of(
                    "errorCode",
                    36001,
                    "errorDomain",
                    "MCMDMErrorDomain",
                    "errorEnglishDescription",
                    "busy",
                    "errorLocalizedDescription",
                    "busy"));

    @Provide
    Arbitrary<Object> devices() {
        return Arbitraries.oneOf(JsonTrees.mutated(DEVICE), JsonTrees.of(DEVICE));
    }

    @Provide
    Arbitrary<Object> commands() {
        return Arbitraries.oneOf(JsonTrees.mutated(COMMAND), JsonTrees.of(COMMAND));
    }

    @Property
    void everyRecordBecomesADevice(@ForAll("devices") Object json) {
        MdmDevice device =
                new DeviceReader(new AttributeSettings("Celona SM-DP+ address", "Celona eSIM state")).read(json);

        assertThat(device.id()).isNotNull();
        if (device.eid() != null) {
            assertThat(String.valueOf(json)).contains(device.eid());
        }
    }

    @Property
    void everyCommandHasAFateOrIsRefused(@ForAll("commands") Object json) {
        try {
            assertThat(CommandFate.of("8904", Fields.of(json)).eid()).isEqualTo("8904");
        } catch (UnreadableAnswer e) {
            assertThat(Fields.of(json).text("commandState")).isEmpty();
        }
    }
}
