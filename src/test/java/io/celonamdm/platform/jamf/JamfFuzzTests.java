package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.fuzz.JsonTrees;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.AttributeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Whatever Jamf Pro shows, each record becomes a device and each command has a fate, or the answer is refused. */
class JamfFuzzTests {
    private static final MdmSettings SETTINGS = new Binder(
                    new MapConfigurationPropertySource(Map.of("mdm.platform", "jamf")))
            .bindOrCreate("mdm", MdmSettings.class);
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

    /** Without the characters that no database takes. */
    private static String storable(String text) {
        return text.replace("\0", "").replaceAll("[\uD800-\uDFFF]", "\uFFFD");
    }

    @Property
    void everyRecordBecomesADevice(@ForAll("devices") Object json) {
        MdmDevice device = new DeviceReader(new AttributeSettings("Celona SM-DP+ address", "Celona eSIM state"))
                .read(Fields.of(json));

        assertThat(device.id()).isNotNull();
        if (device.eid() != null) {
            assertThat(storable(String.valueOf(json))).contains(device.eid());
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

    @Provide
    Arbitrary<List<Object>> pulls() {
        List<Object> first = List.of(DEVICE, Map.of("mobileDeviceId", "13"));
        Map<String, Object> page = Map.of("totalCount", 3, "results", first);
        Map<String, Object> next = Map.of("totalCount", 3, "results", List.of(Map.of("mobileDeviceId", "14")));
        Map<String, Object> end = Map.of("totalCount", 3, "results", List.of());
        return Arbitraries.oneOf(
                        JsonTrees.mutated(page),
                        JsonTrees.mutated(next),
                        Arbitraries.of(page, next, end),
                        JsonTrees.of(page))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property
    void aPullEndsOnceEnoughWasShownOrIsRefused(@ForAll("pulls") List<Object> pages) throws IOException {
        Paging paging = new Paging(SETTINGS);
        int shown = 0;
        long most = 0;
        for (Object page : pages) {
            if (paging.isOpen()) {
                InventoryPage shownPage;
                try {
                    shownPage = paging.read(paging.parse(bytes(page)));
                } catch (UnreadableAnswer e) {
                    return;
                }
                Map<?, ?> read = Fields.mapOf(page);
                assertThat(read.get("results"))
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .hasSize(shownPage.devices().size() + shownPage.broken().size());
                shown += shownPage.devices().size() + shownPage.broken().size();
                most = Math.max(most, ((Number) Objects.requireNonNull(read.get("totalCount"))).longValue());
            }
        }
        if (!paging.isOpen()) {
            assertThat((double) shown).isGreaterThanOrEqualTo(0.75 * most);
        }
    }

    @Property
    void aPullThatLosesNothingEnds(
            @ForAll @IntRange(min = 1, max = 50) int fleet, @ForAll @IntRange(min = 1, max = 20) int size)
            throws IOException {
        Paging paging = new Paging(SETTINGS);
        int shown = 0;
        while (paging.isOpen()) {
            List<Map<String, String>> results = IntStream.range(shown, Math.min(fleet, shown + size))
                    .mapToObj(id -> Map.of("mobileDeviceId", String.valueOf(id)))
                    .toList();
            shown += paging.read(paging.parse(bytes(Map.of("totalCount", fleet, "results", results))))
                    .broken()
                    .size();
        }
        assertThat(shown).isEqualTo(fleet);
    }

    @Property
    void anOddRecordAnywhereCostsNoOther(
            @ForAll("devices") Object odd,
            @ForAll @IntRange(min = 1, max = 9) int good,
            @ForAll @IntRange(max = 9) int at)
            throws IOException {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < good; i++) {
            Map<String, Object> record = new HashMap<>(DEVICE);
            record.put("mobileDeviceId", "good" + i);
            records.add(record);
        }
        records.add(Math.min(at, good), odd);
        Paging paging = new Paging(SETTINGS);

        InventoryPage page = paging.read(paging.parse(bytes(Map.of("totalCount", good + 1, "results", records))));

        assertThat(page.devices().size() + page.broken().size()).isEqualTo(good + 1);
        assertThat(page.devices())
                .extracting(MdmDevice::id)
                .containsAll(IntStream.range(0, good).mapToObj(i -> "good" + i).toList());
        assertThat(page.broken())
                .allSatisfy(broken -> assertThat(broken.detail()).isNotBlank());
    }

    /** Devices leave while pages are read, pages come twice or empty, and the count is that of the moment. */
    @Property
    void aPullOfAFleetThatShrinksIsOverOrVoid(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 60) int fleet,
            @ForAll @IntRange(min = 1, max = 20) int size)
            throws IOException {
        List<Integer> devices =
                new ArrayList<>(IntStream.range(1, fleet + 1).boxed().toList());
        Paging paging = new Paging(SETTINGS);
        Set<String> shown = new HashSet<>();
        int calls = 0;
        while (paging.isOpen()) {
            assertThat(calls++).as("calls").isLessThan(4 * (fleet / size + 4));
            int page = Integer.parseInt(paging.getQuery().replaceAll(".*\\bpage=(\\d+).*", "$1"));
            int from = Math.min(devices.size(), page * size);
            boolean empty = random.nextInt(8) == 0;
            List<Object> results = empty
                    ? List.of()
                    : devices.subList(from, Math.min(devices.size(), from + size)).stream()
                            .map(id -> (Object) Map.of(
                                    "mobileDeviceId", String.valueOf(id), "general", Map.of(), "hardware", Map.of()))
                            .toList();
            Map<String, Object> answer = Map.of("totalCount", devices.size(), "results", results);
            try {
                paging.read(paging.parse(bytes(answer))).devices().forEach(device -> shown.add(device.id()));
            } catch (UnreadableAnswer e) {
                return;
            }
            if (random.nextInt(10) == 0 && !devices.isEmpty()) {
                devices.remove(random.nextInt(devices.size()));
            }
        }
        assertThat(shown.size()).isGreaterThanOrEqualTo(fleet - Math.max(5, fleet / 100));
    }

    private static byte[] bytes(Object json) {
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }
}
