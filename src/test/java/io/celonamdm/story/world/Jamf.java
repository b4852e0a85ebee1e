package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jamf Pro, as far as the connector calls it. */
public final class Jamf extends Mdm {
    private static final Pattern FILTER = Pattern.compile("(\\w+)==\"?([^\";]+)\"?");

    private final Set<String> tokens = new HashSet<>();
    /** What it configures, and what is written into its records. */
    public final JamfProfiles profiles;

    private int issued;

    Jamf(World world, int number) {
        super(world, number);
        profiles = new JamfProfiles(world, this);
    }

    @Override
    public Kind kind() {
        return Kind.JAMF;
    }

    @Override
    Reply answer(Received call, Instant now, boolean answered) {
        if (call.call() == Call.TOKEN) {
            if (!call.body().contains("client_secret=" + World.SECRET_IN_FORM)) {
                return Reply.json(400, Json.of("error", "invalid_client"));
            }
            String token = "story-token-" + world.seed + "-" + number + "-" + issued++ + World.SECRET_MARK;
            tokens.add("Bearer " + token);
            return Reply.json(200, Json.of("access_token", token, "token_type", "Bearer", "expires_in", 1200));
        }
        if (!tokens.contains(call.authorization())) {
            return Reply.json(401, Json.of("httpStatus", 401, "errors", List.of()));
        }
        return switch (call.call()) {
            case INVENTORY -> page(call, now);
            case COMMANDS -> list(call, now, answered);
            case COMMAND -> send(call, now, answered);
            case PROFILE -> profiles.answer(call);
            case ATTRIBUTE -> JamfProfiles.has(call.path()) ? profiles.answer(call) : profiles.attribute(call);
            default -> check(call);
        };
    }

    private static Reply check(Received call) {
        return call.path().endsWith("/v1/auth")
                ? Reply.json(200, Json.of("account", Json.of("privileges", List.of()), "accountPrivileges", List.of()))
                : Reply.json(404, Json.of("httpStatus", 404, "errors", List.of()));
    }

    private Reply page(Received call, Instant now) {
        int page = Integer.parseInt(call.query().getOrDefault("page", "0"));
        int size = Integer.parseInt(call.query().getOrDefault("page-size", "100"));
        List<Object> records = new ArrayList<>();
        if (!collapsed) {
            for (Phone phone : phones()) {
                records.add(record(phone, phone.id, phone.managementId, phone.enrolled));
                world.shown(phone, now);
            }
            for (Phone phone : phones()) {
                if (phone.twice) {
                    records.add(record(
                            phone,
                            10_000 + phone.id,
                            "old-" + phone.managementId,
                            phone.enrolled.minus(Duration.ofDays(100))));
                }
            }
            for (Phone phone : leftBehind()) {
                records.add(record(phone, phone.id, phone.formerManagementId, phone.formerEnrolment));
            }
        }
        if (call.query().getOrDefault("sort", "").equals("lastEnrolledDate:desc")) {
            records.sort(Comparator.comparing(Jamf::enrolled).reversed());
        }
        List<Object> shown =
                records.stream().skip((long) page * size).limit(size).toList();
        return Reply.json(200, Json.of("totalCount", records.size(), "results", shown));
    }

    /** The ids of its records. */
    Stream<String> shownIds() {
        return Stream.of(
                        phones().stream().map(phone -> phone.id),
                        phones().stream().filter(phone -> phone.twice).map(phone -> 10_000 + phone.id),
                        leftBehind().stream().map(phone -> phone.id))
                .flatMap(ids -> ids)
                .map(String::valueOf);
    }

    private static String enrolled(Object record) {
        Object general = ((Map<?, ?>) record).get("general");
        return general instanceof Map<?, ?> known ? String.valueOf(known.get("lastEnrolledDate")) : "";
    }

    private Object record(Phone phone, int id, String managementId, Instant enrolled) {
        Map<String, @Nullable Object> general = Json.of("displayName", phone.name, "managed", phone.managed);
        general.put("lastEnrolledDate", enrolled.toString());
        general.put("managementId", managementId);
        general.put("deviceOwnershipType", "Institutional");
        List<Object> slots = new ArrayList<>();
        if (phone.chip) {
            phone.iccids.forEach(iccid -> slots.add(Json.of("slot", "Two", "iccid", iccid, "eid", phone.eid)));
            if (slots.isEmpty()) {
                slots.add(Json.of("slot", "Two", "eid", phone.eid));
            }
        }
        return Json.of(
                "mobileDeviceId",
                String.valueOf(id),
                "deviceType",
                "iOS",
                "general",
                phone.brokenRecord ? "out of order" : general,
                "hardware",
                Json.of("serialNumber", phone.serial, "model", "iPhone 15 Pro"),
                "userAndLocation",
                Json.of("username", "user" + phone.id),
                "network",
                Json.of("eid", phone.chip ? phone.eid : null, "imei", "35000000000" + (1000 + phone.id)),
                "serviceSubscriptions",
                slots,
                "groups",
                List.of(Json.of("groupId", "1", "groupName", phone.group)),
                "extensionAttributes",
                List.of());
    }

    private Reply list(Received call, Instant now, boolean answered) {
        String filter = call.query().getOrDefault("filter", "");
        List<Object> found = new ArrayList<>();
        for (int i = commands.size() - 1; i >= 0; i--) {
            Command command = commands.get(i);
            if (isShown(command, now) && matches(filter, command)) {
                found.add(json(command));
                command.told |= answered;
            }
        }
        return Reply.json(200, Json.of("totalCount", found.size(), "results", found));
    }

    private static boolean matches(String filter, Command command) {
        Matcher matcher = FILTER.matcher(filter);
        while (matcher.find()) {
            String value = matcher.group(2);
            boolean same = switch (matcher.group(1)) {
                case "uuid" -> command.uuid.equals(value);
                case "clientManagementId" -> command.managementId.equals(value);
                case "active" -> String.valueOf(command.open()).equals(value);
                default -> true;
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static Object json(Command command) {
        Map<String, @Nullable Object> json = Json.of("uuid", command.uuid, "dateSent", command.sent.toString());
        json.put("dateCompleted", command.completed == null ? null : command.completed.toString());
        json.put("client", Json.of("managementId", command.managementId, "clientType", "MOBILE_DEVICE"));
        json.put("commandState", command.answer == null ? "PENDING" : command.answer.state);
        json.put("commandType", "REFRESH_CELLULAR_PLANS");
        json.put(
                "commandError",
                command.answer == null || command.answer.code == 0
                        ? null
                        : Json.of(
                                "errorCode",
                                command.answer.code,
                                "errorDomain",
                                "MCMDM",
                                "errorEnglishDescription",
                                "no"));
        return json;
    }

    private Reply send(Received call, Instant now, boolean answered) {
        JsonNode body = Json.read(call.body());
        String managementId =
                body.path("clientData").path(0).path("managementId").asText();
        Phone phone = managed(managementId);
        if (phone == null) {
            return Reply.json(400, Json.of("httpStatus", 400, "errors", List.of()));
        }
        Command command = send(phone, managementId, now, "", answered);
        return Reply.json(201, List.of(Json.of("id", command.uuid, "href", "https://jamf.test/" + command.uuid)));
    }
}
