package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Microsoft Intune with Entra and a storage account, as far as the connector calls them. */
public final class Intune extends Mdm {
    private static final String DEVICES = "/deviceManagement/managedDevices";
    private static final int PAGE = 3;

    private final Set<String> tokens = new HashSet<>();
    /** What it reports. */
    public final IntuneReports reports = new IntuneReports();
    /** What it configures. */
    public final IntuneProfiles profiles;

    /** How many answers about several devices are incomplete. */
    public int partly;
    /** How many devices are left out of such answers, although they get their command. */
    public int leavesOut;
    /** Whether several devices can be told in one call. */
    public boolean bulk = true;

    private final boolean wrapped;
    /** The file with the EIDs that it does not show. */
    private final Path eids;

    private String written = "";
    /** The enrolments of PCs to which their profile has come. */
    private final Set<String> configured = new HashSet<>();

    private int issued;
    private int answers;

    Intune(World world, int number) {
        super(world, number);
        profiles = new IntuneProfiles(world);
        eids = eids(number);
        wrapped = world.seed % 2 == 0;
    }

    @Override
    public Kind kind() {
        return Kind.INTUNE;
    }

    /** PCs look for an eSIM when their profile comes; an administrator keeps the list of their EIDs. */
    @Override
    void reachPhones(Instant now) {
        super.reachPhones(now);
        if (!world.windows) {
            return;
        }
        StringBuilder list = new StringBuilder("Serial number,EID\n");
        for (Phone phone : world.phones) {
            if (world.isWindows(phone) && phone.chip) {
                list.append(phone.serial).append(',').append(phone.eid).append('\n');
            }
            if (isPc(phone) && phone.online && profiles.configures(phone) && configured.add(phone.managementId)) {
                world.downloads(phone, now);
            }
        }
        if (!list.toString().equals(written)) {
            written = list.toString();
            write(eids, written);
        }
    }

    /** The file with the EIDs of a tenant's PCs. */
    public static Path eids(int number) {
        return Csv.folder(number).resolveSibling("eids-" + number + ".csv");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isPc(Phone phone) {
        return world.isWindows(phone) && phone.tenant == number && phone.counts();
    }

    /** The PCs that it shows. */
    public List<Phone> pcs() {
        return world.phones.stream().filter(this::isPc).toList();
    }

    @Override
    public void heal() {
        super.heal();
        reports.heal();
        partly = 0;
        leavesOut = 0;
        bulk = true;
    }

    @Override
    Reply answer(Received call, Instant now, boolean answered) {
        if (call.path().endsWith("/oauth2/v2.0/token")) {
            return token(call);
        }
        if (call.path().startsWith("/storage/")) {
            return reports.file(call, now);
        }
        if (!tokens.contains(call.authorization())) {
            return error(401, "InvalidAuthenticationToken");
        }
        if (call.path().endsWith("/$batch")) {
            return batch(call, now, answered);
        }
        if (call.path().startsWith(IntuneReports.JOBS)) {
            return call.method().equals("POST")
                    ? reports.begin(call, number, shown(now), now)
                    : reports.progress(call, now);
        }
        if (IntuneProfiles.has(call.path())) {
            return profiles.answer(call, now);
        }
        if (call.path().endsWith("/executeAction")) {
            return bulk(Json.read(call.body()), now, answered);
        }
        return call.path().endsWith(DEVICES) ? page(call, now) : error(404, "ResourceNotFound");
    }

    private Reply token(Received call) {
        if (!call.body().contains("client_secret=" + World.SECRET_IN_FORM)
                || !call.body().contains("%2F.default")) {
            return Reply.json(
                    401,
                    Json.of("error", "invalid_client", "error_description", "AADSTS7000215: Invalid client secret"));
        }
        String token = "story-graph-" + world.seed + "-" + number + "-" + issued++ + World.SECRET_MARK;
        tokens.add("Bearer " + token);
        return Reply.json(200, Json.of("access_token", token, "token_type", "Bearer", "expires_in", 3599));
    }

    static Reply error(int status, String code) {
        return Reply.json(status, errorBody(code));
    }

    private static Object errorBody(String code) {
        return Json.of("error", Json.of("code", code, "message", "of the story", "innerError", Json.of()));
    }

    /** What each device that is shown is shown as. */
    private List<Map<String, @Nullable Object>> shown(Instant now) {
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        if (collapsed) {
            return records;
        }
        for (Phone phone : phones()) {
            records.add(record(phone, phone.managementId, phone.enrolled));
            world.shown(phone, now);
        }
        for (Phone phone : phones()) {
            if (phone.twice) {
                records.add(record(phone, "old-" + phone.id, phone.enrolled.minus(Duration.ofDays(100))));
            }
        }
        for (Phone phone : leftBehind()) {
            records.add(record(phone, phone.formerManagementId, phone.formerEnrolment));
        }
        return records;
    }

    private String shownEid(Phone phone) {
        boolean known = !phone.enrolled.plus(world.eidsShowAfter).isAfter(world.now());
        return phone.chip && known && !world.isWindows(phone) ? phone.eid : "";
    }

    private Map<String, @Nullable Object> record(Phone phone, String id, Instant enrolled) {
        return Json.of(
                "id",
                id,
                "deviceName",
                phone.name,
                "serialNumber",
                phone.serial,
                "operatingSystem",
                world.isWindows(phone) ? "Windows" : "iOS",
                "azureADDeviceId",
                "entra-" + phone.id,
                "enrolledDateTime",
                enrolled.toString(),
                "deviceCategoryDisplayName",
                phone.group,
                "managedDeviceOwnerType",
                "company",
                "managementState",
                phone.managed ? "managed" : "retirePending",
                "broken",
                phone.brokenRecord,
                "eid",
                shownEid(phone),
                "iccid",
                world.isWindows(phone) ? "" : String.join(" ", phone.iccids));
    }

    /** A list has neither EIDs nor ICCIDs, and shifts while it is read. */
    private Reply page(Received call, Instant now) {
        List<Map<String, @Nullable Object>> all = shown(now);
        int from = Integer.parseInt(call.query().getOrDefault("$skiptoken", "0"));
        List<Object> value = new ArrayList<>();
        all.stream().skip(from).limit(PAGE).forEach(record -> {
            boolean broken = Boolean.TRUE.equals(record.remove("broken"));
            record.remove("eid");
            record.put("iccid", null);
            record.put("hardwareInformation", null);
            if (broken) {
                record.put("deviceName", Json.of("out", "of order"));
            }
            value.add(record);
        });
        Map<String, @Nullable Object> page = Json.of("@odata.context", "story");
        if (from + PAGE < all.size()) {
            page.put(
                    "@odata.nextLink",
                    "http://127.0.0.1:%d%s?$skiptoken=%d".formatted(call.port(), call.path(), from + PAGE));
        }
        page.put("value", value);
        return Reply.json(200, page);
    }

    /** Requests in one call; each may be throttled, fail, or be left out by itself. */
    private Reply batch(Received call, Instant now, boolean answered) {
        List<Object> responses = new ArrayList<>();
        boolean incomplete = partly-- > 0;
        for (JsonNode request : Json.read(call.body()).path("requests")) {
            int mishap = incomplete ? answers++ % 6 : -1;
            String id = request.path("id").asText();
            switch (mishap) {
                case 0 ->
                    responses.add(
                            0,
                            Json.of(
                                    "id",
                                    id,
                                    "status",
                                    429,
                                    "headers",
                                    Json.of("Retry-After", "7"),
                                    "body",
                                    errorBody("TooManyRequests")));
                case 1 -> responses.add(0, Json.of("id", id, "status", 503, "body", errorBody("ServiceUnavailable")));
                case 2 -> {
                    // its answer is missing
                    if (request.path("method").asText().equals("POST")) {
                        inner(request, now, false);
                    }
                }
                default -> responses.add(0, inner(request, now, answered));
            }
        }
        return Reply.json(200, Json.of("responses", responses));
    }

    private Object inner(JsonNode request, Instant now, boolean answered) {
        String url = request.path("url").asText();
        if (url.startsWith("/devices?")) {
            return Json.of("id", request.path("id").asText(), "status", 200, "body", entra(url));
        }
        String id = url.substring(DEVICES.length() + 1).replaceAll("[/?].*", "");
        Phone phone = managed(id);
        if (phone == null) {
            return Json.of("id", request.path("id").asText(), "status", 404, "body", errorBody("ResourceNotFound"));
        }
        if (request.path("method").asText().equals("POST")) {
            noPc(phone);
            send(phone, id, now, request.path("body").path("carrierUrl").asText(), answered);
            return Json.of("id", request.path("id").asText(), "status", 204);
        }
        Object body = url.contains("deviceActionResults")
                ? Json.of("id", id, "deviceActionResults", actions(id, now, answered))
                : Json.of(
                        "id",
                        id,
                        "iccid",
                        String.join(" ", phone.iccids),
                        "hardwareInformation",
                        Json.of("serialNumber", phone.serial, "esimIdentifier", shownEid(phone)));
        return Json.of("id", request.path("id").asText(), "status", 200, "body", body);
    }

    private void noPc(Phone phone) {
        if (world.isWindows(phone)) {
            world.violation("PROFILE", "an action is sent to a PC, " + phone);
        }
    }

    private Object entra(String url) {
        List<Object> found = world.phones.stream()
                .filter(phone -> url.contains("entra-" + phone.id + "%27") || url.contains("entra-" + phone.id + "'"))
                .<Object>map(phone -> Json.of("id", IntuneProfiles.object(phone), "deviceId", "entra-" + phone.id))
                .toList();
        return Json.of("value", found);
    }

    private List<Object> actions(String id, Instant now, boolean answered) {
        List<Object> actions = new ArrayList<>();
        for (Command command : commands) {
            if (command.managementId.equals(id) && isShown(command, now)) {
                command.told |= answered;
                actions.add(Json.of(
                        "@odata.type",
                        "#microsoft.graph.activateDeviceEsimActionResult",
                        "actionName",
                        "activateDeviceEsim",
                        "actionState",
                        state(command.answer),
                        "startDateTime",
                        command.sent.toString(),
                        "carrierUrl",
                        command.address));
            }
        }
        return actions;
    }

    private static String state(Phone.@Nullable Mood answer) {
        if (answer == null) {
            return "pending";
        }
        return switch (answer) {
            case WILLING -> "done";
            case NOT_NOW -> "active";
            case UNABLE -> "notSupported";
            default -> "failed";
        };
    }

    private Reply bulk(JsonNode request, Instant now, boolean answered) {
        if (!bulk) {
            return error(400, "BadRequest");
        }
        List<String> successful = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        List<String> notFound = new ArrayList<>();
        boolean incomplete = partly-- > 0;
        for (JsonNode each : request.path("deviceIds")) {
            String id = each.asText();
            Phone phone = managed(id);
            int mishap = incomplete ? answers++ % 4 : phone != null && leavesOut-- > 0 ? 1 : -1;
            if (phone == null) {
                notFound.add(id);
            } else if (mishap == 0) {
                failed.add(id);
            } else {
                noPc(phone);
                send(phone, id, now, request.path("carrierUrl").asText(), answered && mishap != 1);
                if (mishap != 1) {
                    successful.add(id);
                }
            }
        }
        Object result = Json.of(
                "successfulDeviceIds", successful,
                "failedDeviceIds", failed,
                "notFoundDeviceIds", notFound,
                "notSupportedDeviceIds", List.of());
        return Reply.json(200, wrapped ? Json.of("value", result) : result);
    }
}
