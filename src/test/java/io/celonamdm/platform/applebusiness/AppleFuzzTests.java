package io.celonamdm.platform.applebusiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.SyncName;
import io.celonamdm.fuzz.JsonTrees;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Whatever Apple answers, each element of a page is read, or the page is refused. */
class AppleFuzzTests {
    private static final Map<String, Object> DEVICES = Map.of(
            "data",
            List.of(
                    Map.of(
                            "type",
                            "orgDevices",
                            "id",
                            "XABC123X0ABC123X0",
                            "attributes",
                            Map.of(
                                    "serialNumber",
                                    "XABC123X0ABC123X0",
                                    "productFamily",
                                    "iPhone",
                                    "imei",
                                    List.of("356938035643809"),
                                    "eid",
                                    "89049032007008882600085727376656")),
                    Map.of("type", "orgDevices", "id", "YABC123X0ABC123X0")),
            "links",
            Map.of("next", "https://api-business.apple/v1/orgDevices?cursor=MDow"),
            "meta",
            Map.of("paging", Map.of("limit", 2, "nextCursor", "MDow", "total", 3)));
    private static final Map<String, Object> SERVERS = Map.of(
            "data",
            List.of(
                    Map.of("id", "1F97", "attributes", Map.of("serverName", "Intune")),
                    Map.of("id", "2F97", "attributes", Map.of("serverName", "Jamf"))));

    @Provide
    Arbitrary<Object> devices() {
        return Arbitraries.oneOf(JsonTrees.mutated(DEVICES), JsonTrees.of(DEVICES));
    }

    @Provide
    Arbitrary<Object> servers() {
        return Arbitraries.oneOf(JsonTrees.mutated(SERVERS), JsonTrees.of(SERVERS));
    }

    @Property
    void everyElementOfAPageIsReadAndOnlyACursorLeadsOn(@ForAll("devices") Object json) {
        ApplePages pages = new ApplePages("/v1/orgDevices", 2);
        List<OrgDevice> devices;
        try {
            devices = pages.read(json).stream().map(OrgDevice::of).toList();
        } catch (UnreadableAnswer e) {
            return;
        }

        assertThat(Fields.mapOf(json).get("data"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSameSizeAs(devices);
        assertThat(devices).allSatisfy(device -> {
            assertThat(device.serialNumber()).isNotNull();
            device.eid().ifPresent(eid -> assertThat(eid).isNotBlank());
        });
        assertThat(pages.getPath()).isEqualTo("/v1/orgDevices");
        assertThat(pages.getQuery()).startsWith("limit=2").doesNotContain(" ");
        assertThat(pages.isOpen()).isEqualTo(pages.getQuery().contains("&cursor="));
    }

    @Property
    void aServiceIsFoundOrItsAbsenceIsNamed(@ForAll("servers") Object json) {
        ServerDevices assigned = new ServerDevices(new SyncName("warehouse"), "Intune");
        try {
            new ApplePages("/v1/mdmServers", 2).read(json).forEach(assigned::offer);
            assertThat(assigned.serverId()).isNotBlank();
        } catch (KnownFailure | UnreadableAnswer e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
