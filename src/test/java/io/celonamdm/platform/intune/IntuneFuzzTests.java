package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.fuzz.JsonTrees;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.graph.GraphAnswers;
import io.celonamdm.platform.intune.graph.GraphBatch;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import io.celonamdm.platform.intune.graph.GraphPages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever Graph answers, each record becomes a device and each request has its answer, or the answer is refused. */
class IntuneFuzzTests {
    private static final URI GRAPH = URI.create("https://graph.microsoft.com");
    private static final String FIRST = "4f3c1b8a-5d5e-4f2a-9c77-0a1b2c3d4e5f";
    private static final String SECOND = "5a3c1b8a-5d5e-4f2a-9c77-0a1b2c3d4e5f";
    private static final Map<String, Object> DEVICE = Map.of(
            "id",
            FIRST,
            "deviceName",
            "Phone",
            "serialNumber",
            "C02Q7KHTGFWF",
            "imei",
            "359881030314356",
            "operatingSystem",
            "iOS",
            "enrolledDateTime",
            "2026-03-02T08:00:00Z",
            "managedDeviceOwnerType",
            "company",
            "managementState",
            "managed");
    private static final Map<String, Object> PAGE = Map.of(
            "@odata.nextLink",
            "https://graph.microsoft.com/v1.0/deviceManagement/managedDevices?$skiptoken=2",
            "value",
            List.of(DEVICE, Map.of("id", SECOND)));
    private static final Map<String, Object> BATCH = Map.of(
            "responses",
            List.of(
                    Map.of("id", FIRST, "status", 200, "body", Map.of("iccid", "8910521203310000351")),
                    Map.of(
                            "id",
                            SECOND,
                            "status",
                            429,
                            "headers",
                            Map.of("Retry-After", "7"),
                            "body",
                            Map.of("error", Map.of("code", "TooManyRequests", "message", "slow down")))));
    private static final Map<String, Object> BULK = Map.of(
            "value",
            Map.of(
                    "successfulDeviceIds",
                    List.of(FIRST),
                    "failedDeviceIds",
                    List.of(SECOND),
                    "notFoundDeviceIds",
                    List.of(),
                    "notSupportedDeviceIds",
                    List.of()));
    private static final Map<String, Object> REFUSAL = Map.of(
            "error",
            Map.of(
                    "code",
                    "Forbidden",
                    "message",
                    "{\"error\":{\"message\":\"no\"}}",
                    "innerError",
                    Map.of("request-id", "r1")),
            "error_description",
            "AADSTS7000215",
            "trace_id",
            "t1");

    private static final Instant NOW = Instant.parse("2026-11-29T04:30:00Z");

    @Provide
    Arbitrary<Object> pages() {
        return anyLike(PAGE);
    }

    @Provide
    Arbitrary<Object> batches() {
        return anyLike(BATCH);
    }

    @Provide
    Arbitrary<Object> bulkResults() {
        return anyLike(BULK);
    }

    @Provide
    Arbitrary<Object> refusals() {
        return anyLike(REFUSAL);
    }

    private static Arbitrary<Object> anyLike(Object answer) {
        return Arbitraries.oneOf(JsonTrees.mutated(answer), JsonTrees.of(answer));
    }

    @Property
    void everyRecordOfAPageBecomesADeviceAndNoLinkLeadsElsewhere(@ForAll("pages") Object json) {
        GraphPages pages = new GraphPages(GRAPH, "/v1.0/deviceManagement/managedDevices", "");
        List<MdmDevice> devices;
        try {
            devices = pages.read(json).stream().map(DeviceReader::read).toList();
        } catch (UnreadableAnswer e) {
            return;
        }

        assertThat(Fields.mapOf(json).get("value"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSameSizeAs(devices);
        assertThat(pages.isOpen() && Fields.of(json).text("@odata.nextLink").isEmpty())
                .isFalse();
        assertThat(pages.getPath()).startsWith("/");
    }

    @Test
    void aLastPageThatLeadsToItselfIsTheLast() {
        GraphPages pages = new GraphPages(GRAPH, "/devices", "");

        pages.read(page(1000, "?$skiptoken=2"));
        assertThat(pages.isOpen()).isTrue();
        pages.read(page(0, "?$skiptoken=3"));
        assertThat(pages.isOpen()).as("an empty page is not the end").isTrue();
        pages.read(page(12, "?$skiptoken=3"));
        assertThat(pages.isOpen()).isFalse();
    }

    @Test
    void aLinkBackIsNoEnd() {
        GraphPages pages = new GraphPages(GRAPH, "/devices", "");
        pages.read(page(1000, "?$skiptoken=2"));
        pages.read(page(1000, "?$skiptoken=3"));

        assertThatThrownBy(() -> pages.read(page(12, "?$skiptoken=2"))).isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> pages.read(page(1000, "?$skiptoken=3"))).isInstanceOf(UnreadableAnswer.class);
    }

    private static Map<String, Object> page(int devices, String link) {
        return Map.of(
                "value",
                IntStream.range(0, devices)
                        .mapToObj(i -> Map.of("id", link + i))
                        .toList(),
                "@odata.nextLink",
                GRAPH + "/devices" + link);
    }

    @Test
    void oneRequestThatIsNeverAnsweredKeepsNoOtherFromItsAnswer() throws Exception {
        GraphBatch batch =
                GraphBatch.patient("/beta", List.of(Request.get(FIRST, "/first"), Request.get(SECOND, "/second")));
        Map<String, Object> first =
                Map.of("id", FIRST.toUpperCase(java.util.Locale.ROOT), "status", 200, "body", Map.of());

        batch.read(Map.of("responses", List.of(first)), NOW);
        assertThat(batch.isOpen()).isTrue();
        batch.read(Map.of("responses", List.of(first)), NOW);

        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.answer(FIRST))
                .hasValueSatisfying(answer -> assertThat(answer.good()).isTrue());
        assertThat(batch.answer(SECOND))
                .hasValueSatisfying(answer -> assertThat(answer.good()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, 7, 7000",
        "RETRY-AFTER, ' 1.5 ', 2000",
        "Retry-After, 'Sun, 29 Nov 2026 04:30:09 GMT', 9000"
    })
    void howLongAThrottledRequestWaits(String header, String value, long millis) throws Exception {
        GraphBatch batch = GraphBatch.patient("/beta", List.of(Request.get(FIRST, "/first")));

        batch.read(
                Map.of("responses", List.of(Map.of("id", FIRST, "status", 429, "headers", Map.of(header, value)))),
                NOW);

        assertThat(batch.getPause()).isBetween(millis / 2, millis);
    }

    @Property
    void everyRequestOfABatchIsAnsweredOrStillOpen(@ForAll("batches") Object json) {
        GraphBatch batch =
                GraphBatch.patient("/beta", List.of(Request.get(FIRST, "/first"), Request.get(SECOND, "/second")));
        try {
            batch.read(json, NOW);
        } catch (UnreadableAnswer | HttpOperationFailedException e) {
            return;
        }

        String open = new String(batch.getBody(), StandardCharsets.UTF_8);
        for (String id : List.of(FIRST, SECOND)) {
            assertThat(batch.answer(id).isPresent()).isNotEqualTo(open.contains(id));
        }
        assertThat(batch.getPause()).isBetween(0L, 60_000L);
    }

    @Property
    void aBulkResultNamesADeviceOrIsRefused(@ForAll("bulkResults") Object json) {
        BulkResult result;
        try {
            result = BulkResult.read(Fields.of(json), List.of(FIRST, SECOND));
        } catch (UnreadableAnswer e) {
            return;
        }

        assertThat(List.of(FIRST, SECOND)).anyMatch(id -> result.of(id).isPresent());
        for (String id : List.of(FIRST, SECOND)) {
            if (result.of(id).isPresent()) {
                assertThat(String.valueOf(json)).contains(id);
            }
        }
    }

    @Property
    void everyRefusalIsToldInWordsOrNotAtAll(@ForAll("refusals") Object json) {
        assertThat(GraphAnswers.words(Fields.of(json))).isNotEqualTo(Optional.of(""));
    }

    @Property
    void aReportIsReadToItsEndOrRefused(
            @ForAll Random random, @ForAll @IntRange(max = 5) int changes, @ForAll @IntRange(max = 20) int rows)
            throws IOException {
        StringBuilder csv = new StringBuilder("Device ID,OS,EID,Device name\r\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i)
                    .append(",iOS,89049032692062826375526599366404,\"Phone \"\"")
                    .append(i)
                    .append("\"\"\"\r\n");
        }
        byte[] zip = zip(csv.toString());
        for (int i = 0; i < changes; i++) {
            zip[random.nextInt(zip.length)] = (byte) random.nextInt(256);
        }

        List<ExportRows.Line> read = new ArrayList<>();
        try {
            ExportRows report = ExportRows.open(new ByteArrayInputStream(zip));
            while (report.hasNext()) {
                read.add(report.next());
            }
        } catch (UnreadableExport e) {
            assertThat(changes).as("changes of a report that was refused").isPositive();
            return;
        }
        assertThat(read).hasSize(rows);
    }

    private static byte[] zip(String csv) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("report.csv"));
            zip.write(csv.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
