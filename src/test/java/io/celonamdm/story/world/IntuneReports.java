package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The reports of Microsoft Intune, and the storage account with their files. */
public final class IntuneReports {
    static final String JOBS = "/v1.0/deviceManagement/reports/exportJobs";
    private static final Duration EXPIRY = Duration.ofHours(6);
    private static final Duration USUAL = Duration.ofSeconds(30);

    /** The columns of the report as they are asked for, and as they come. */
    private static final Map<String, String> HEADERS = Map.of(
            "DeviceId", "Device ID",
            "DeviceName", "Device name",
            "CreatedDate", "Enrollment date",
            "ReferenceId", "Microsoft Entra Device ID",
            "SerialNumber", "Serial number",
            "CategoryName", "Category",
            "OwnerType", "Ownership",
            "ManagementState", "Device state",
            "DeviceType", "OS");

    private record Job(Instant asked, Instant ready, String report, boolean fails) {}

    private final Map<String, Job> jobs = new HashMap<>();
    /** How long a report takes. */
    public Duration takes = USUAL;
    /** Whether reports fail. */
    public boolean fails;
    /** Whether a report is the one before once more. */
    public boolean isOld;

    private String lastReport = "";

    void heal() {
        takes = USUAL;
        fails = false;
        isOld = false;
    }

    Reply begin(Received call, int tenant, List<Map<String, @Nullable Object>> shown, Instant now) {
        String report = isOld && !lastReport.isEmpty() ? lastReport : csv(Json.read(call.body()), shown);
        lastReport = report;
        String id = "DevicesWithInventory_" + tenant + "-" + jobs.size();
        jobs.put(id, new Job(now, now.plus(takes), report, fails));
        return Reply.json(201, Json.of("id", id, "status", "notStarted", "url", null));
    }

    Reply progress(Received call, Instant now) {
        String id = call.path().substring(call.path().lastIndexOf('/') + 1);
        Job job = jobs.get(id);
        if (job == null) {
            return Intune.error(404, "ResourceNotFound");
        }
        boolean over = !job.ready.isAfter(now);
        String status = !over ? "inProgress" : job.fails ? "failed" : "completed";
        String file = "http://127.0.0.1:%d/storage/%s.zip?sv=2019&sig=%s"
                .formatted(call.port(), id, URLEncoder.encode("a+b/" + World.SECRET_MARK, StandardCharsets.UTF_8));
        return Reply.json(
                200,
                Json.of(
                        "id",
                        id,
                        "status",
                        status,
                        "url",
                        status.equals("completed") ? file : null,
                        "requestDateTime",
                        job.asked.toString(),
                        "expirationDateTime",
                        job.asked.plus(EXPIRY).toString()));
    }

    Reply file(Received call, Instant now) {
        String id = call.path().replaceAll(".*/|\\.zip$", "");
        Job job = jobs.get(id);
        boolean signed = call.query().getOrDefault("sig", "").equals("a+b/" + World.SECRET_MARK);
        if (!call.authorization().isEmpty()
                || !signed
                || job == null
                || job.asked.plus(EXPIRY).isBefore(now)) {
            return new Reply(403, "application/xml", "<Error><Code>AuthenticationFailed</Code></Error>", Map.of());
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry(id + ".csv"));
            zip.write(job.report.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.binary("application/octet-stream", zipped.toByteArray());
    }

    private static String csv(JsonNode request, List<Map<String, @Nullable Object>> shown) {
        List<String> columns = new ArrayList<>();
        request.path("select").forEach(each -> columns.add(each.asText()));
        StringBuilder csv = new StringBuilder(String.join(
                ",",
                columns.stream().map(each -> HEADERS.getOrDefault(each, each)).toList()));
        for (Map<String, @Nullable Object> record : shown) {
            List<String> cells =
                    columns.stream().map(each -> cell(record, each)).toList();
            boolean broken = Boolean.TRUE.equals(record.get("broken"));
            csv.append("\r\n").append(String.join(",", broken ? cells.subList(0, 2) : cells));
        }
        return csv.append("\r\n").toString();
    }

    private static String cell(Map<String, @Nullable Object> record, String column) {
        String member = switch (column) {
            case "DeviceId" -> "id";
            case "DeviceName" -> "deviceName";
            case "CreatedDate" -> "enrolledDateTime";
            case "ReferenceId" -> "azureADDeviceId";
            case "SerialNumber" -> "serialNumber";
            case "CategoryName" -> "deviceCategoryDisplayName";
            case "OwnerType" -> "managedDeviceOwnerType";
            case "ManagementState" -> "managementState";
            case "DeviceType" -> "operatingSystem";
            case "EID" -> "eid";
            case "ICCID" -> "iccid";
            default -> "";
        };
        Object value = record.get(member);
        return value == null ? "" : "\"" + value + "\"";
    }
}
