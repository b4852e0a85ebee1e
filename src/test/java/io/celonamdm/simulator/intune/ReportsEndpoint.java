package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Export jobs, and the storage account with their files; columns come back under different names. */
final class ReportsEndpoint {
    /** The signature of a file's address; {@code %2B} and {@code %3D} break wherever it is decoded on the way. */
    static final String SIGNATURE = "sv=2019-02-02&sr=b&sig=n1Zp%2Bk9%2FQ%3D%3D&sp=r";

    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("DeviceId", "Device ID"),
            Map.entry("DeviceName", "Device name"),
            Map.entry("CreatedDate", "Enrollment date"),
            Map.entry("LastContact", "Last check-in"),
            Map.entry("ReferenceId", "Microsoft Entra Device ID"),
            Map.entry("OSVersion", "OS version"),
            Map.entry("SerialNumber", "Serial number"),
            Map.entry("ManagedDeviceName", "Management name"),
            Map.entry("CategoryName", "Category"),
            Map.entry("UPN", "Primary user UPN"),
            Map.entry("CompliantState", "Compliance"),
            Map.entry("OwnerType", "Ownership"),
            Map.entry("ManagementState", "Device state"),
            Map.entry("DeviceType", "OS"),
            Map.entry("SubscriberCarrierNetwork", "Subscriber carrier"),
            Map.entry("PhoneNumber", "Phone number"),
            Map.entry("IsSupervised", "Supervised"));

    private final Enrolments enrolments;
    private final IntuneSettings settings;
    private final Supplier<String> url;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    private static final class Job {
        private final List<String> columns;
        private int polls;

        Job(List<String> columns) {
            this.columns = columns;
        }
    }

    ReportsEndpoint(Enrolments enrolments, IntuneSettings settings, Supplier<String> url) {
        this.enrolments = enrolments;
        this.settings = settings;
        this.url = url;
    }

    Answer create(Request request) {
        if (!request.json().path("reportName").asText().equals("DevicesWithInventory")) {
            return GraphErrors.badRequest("Invalid report name");
        }
        List<String> columns = new ArrayList<>();
        for (JsonNode column : request.json().path("select")) {
            columns.add(column.asText());
        }
        String id = "DevicesWithInventory_" + UUID.randomUUID();
        jobs.put(id, new Job(columns));
        return Answer.json(201, json(id, "notStarted", null));
    }

    Answer list(Request request) {
        return Pages.answer(
                request, List.copyOf(jobs.entrySet()), settings.pageSize(), job -> state(job.getKey(), job.getValue()));
    }

    Answer get(Request request) {
        String id = request.lastSegment();
        return Optional.ofNullable(jobs.get(id))
                .map(job -> Answer.json(200, progress(id, job)))
                .orElseGet(GraphErrors::notFound);
    }

    Answer file(Request request) {
        if (request.header("Authorization").isPresent()) {
            return Answer.xml(400, "<Error><Code>InvalidAuthenticationInfo</Code></Error>");
        }
        if (!request.query("sig").equals(Optional.of("n1Zp+k9/Q=="))) {
            return Answer.xml(403, "<Error><Code>AuthenticationFailed</Code></Error>");
        }
        String id = request.lastSegment().replace(".zip", "");
        return Optional.ofNullable(jobs.get(id))
                .map(job -> Answer.file(zip(id + ".csv", csv(job.columns))))
                .orElseGet(() -> Answer.xml(404, "<Error><Code>BlobNotFound</Code></Error>"));
    }

    private synchronized Map<String, @Nullable Object> progress(String id, Job job) {
        job.polls++;
        return state(id, job);
    }

    private Map<String, @Nullable Object> state(String id, Job job) {
        boolean over = job.polls > settings.polls();
        String status = over ? settings.jobStatus() : "inProgress";
        String file = status.equals("completed") ? file(id) : null;
        return json(id, status, file);
    }

    private String file(String id) {
        return "%s/blob/%s.zip?%s".formatted(settings.storage().orElseGet(url), id, SIGNATURE);
    }

    private Map<String, @Nullable Object> json(String id, String status, @Nullable String file) {
        Duration life = settings.expired() ? Duration.ofHours(-1) : Duration.ofHours(6);
        Map<String, @Nullable Object> json = Json.object("id", id, "reportName", "DevicesWithInventory");
        json.put("status", status);
        json.put("url", file);
        json.put("expirationDateTime", Instant.now().plus(life).toString());
        return json;
    }

    private String csv(List<String> columns) {
        StringBuilder csv = new StringBuilder("\uFEFF");
        csv.append(line(columns.stream()
                .map(column -> HEADERS.getOrDefault(column, column))
                .toList()));
        for (ManagedDevice device : enrolments.all()) {
            Map<String, String> row = row(device);
            csv.append(line(
                    columns.stream().map(column -> row.getOrDefault(column, "")).toList()));
        }
        return csv.toString();
    }

    private Map<String, String> row(ManagedDevice device) {
        Phone phone = device.phone();
        Map<String, String> row = new LinkedHashMap<>();
        row.put("DeviceId", device.id());
        row.put("DeviceName", phone.name());
        row.put("SerialNumber", phone.serialNumber());
        row.put("EID", settings.eidsInReport() && device.showsEid() ? phone.reportedEid() : "");
        row.put("ReferenceId", device.entraId());
        row.put("DeviceType", device.os());
        row.put("Model", phone.model().marketingName());
        row.put("CreatedDate", phone.lastEnrolled().toString().replace("T", " ").replace("Z", ".0000000"));
        row.put("CategoryName", device.category());
        row.put("OwnerType", phone.ownership().personal() ? "Personal" : "Corporate");
        row.put("CompliantState", "Compliant");
        row.put("ManagementState", phone.managed() ? "Managed" : "RetirePending");
        row.put("UPN", phone.user());
        return row;
    }

    private static String line(List<String> values) {
        return values.stream()
                        .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static byte[] zip(String name, String csv) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(csv.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
