package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jamf Pro, as far as the connector calls it. */
public final class Jamf {
    private static final Pattern FILTER = Pattern.compile("(\\w+)==\"?([^\";]+)\"?");

    /** A command to a phone. */
    public static final class Command {
        final String uuid;
        final Phone phone;
        final String managementId;
        final Instant sent;
        String state = "PENDING";
        int code;
        boolean forgotten;
        /** Whether the connector can know of it. */
        boolean told;

        @Nullable
        Instant completed;

        Command(String uuid, Phone phone, Instant sent) {
            this.uuid = uuid;
            this.phone = phone;
            this.managementId = phone.managementId;
            this.sent = sent;
        }

        boolean open() {
            return state.equals("PENDING") || state.equals("NOT_NOW");
        }
    }

    final List<Command> commands = new ArrayList<>();
    private final World world;
    private final Set<String> tokens = new HashSet<>();
    public Duration lag = Duration.ZERO;
    public boolean collapsed;
    private int issued;

    Jamf(World world) {
        this.world = world;
    }

    /** Forgets what it was told to do. */
    public void forget(boolean openOnesToo) {
        commands.stream().filter(each -> openOnesToo || !each.open()).forEach(each -> each.forgotten = true);
    }

    /** Tells phones what waits for them. */
    void reachPhones(Instant now) {
        for (Command command : commands) {
            Phone phone = command.phone;
            if (command.open()
                    && !command.forgotten
                    && phone.online
                    && phone.managementId.equals(command.managementId)
                    && !command.sent.plus(phone.slow).isAfter(now)) {
                command.state = phone.mood.state;
                command.code = phone.mood.code;
                command.completed = command.open() ? null : now;
                if (phone.mood == Phone.Mood.WILLING) {
                    phone.acknowledged.put(phone.eid, now);
                    world.downloads(phone, now);
                }
            }
        }
    }

    Reply answer(Received call, Instant now, boolean answered) {
        if (call.call() == Call.TOKEN) {
            if (!call.body().contains("client_secret=" + World.SECRET_IN_FORM)) {
                return Reply.json(400, Json.of("error", "invalid_client"));
            }
            String token = "story-token-" + world.seed + "-" + issued++ + World.SECRET_MARK;
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
            case ATTRIBUTE -> Reply.json(200, Json.of("id", "1"));
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
            for (Phone phone : world.phones) {
                if (phone.inMdm) {
                    records.add(record(phone, phone.id, phone.enrolled));
                    world.shown(phone, now);
                }
            }
            for (Phone phone : world.phones) {
                if (phone.inMdm && phone.twice) {
                    records.add(record(phone, 10_000 + phone.id, phone.enrolled.minus(Duration.ofDays(100))));
                }
            }
        }
        List<Object> shown =
                records.stream().skip((long) page * size).limit(size).toList();
        return Reply.json(200, Json.of("totalCount", records.size(), "results", shown));
    }

    private Object record(Phone phone, int id, Instant enrolled) {
        Map<String, @Nullable Object> general = Json.of("displayName", phone.name, "managed", phone.managed);
        general.put("lastEnrolledDate", enrolled.toString());
        general.put("managementId", id == phone.id ? phone.managementId : "old-" + phone.managementId);
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

    private boolean isShown(Command command, Instant now) {
        return !command.forgotten && !command.sent.plus(lag).isAfter(now);
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
        json.put("commandState", command.state);
        json.put("commandType", "REFRESH_CELLULAR_PLANS");
        json.put(
                "commandError",
                command.code == 0
                        ? null
                        : Json.of("errorCode", command.code, "errorDomain", "MCMDM", "errorEnglishDescription", "no"));
        return json;
    }

    private Reply send(Received call, Instant now, boolean answered) {
        JsonNode body = Json.read(call.body());
        String managementId =
                body.path("clientData").path(0).path("managementId").asText();
        Phone phone = world.phones.stream()
                .filter(each -> each.inMdm && each.managementId.equals(managementId))
                .findFirst()
                .orElse(null);
        if (phone == null) {
            return Reply.json(400, Json.of("httpStatus", 400, "errors", List.of()));
        }
        commands.stream()
                .filter(each -> each.managementId.equals(managementId) && isShown(each, now))
                .filter(each -> each.open() || !each.told)
                .findFirst()
                .ifPresent(earlier -> world.violation(
                        "TWO_COMMANDS",
                        "%s got a command while %s was shown %s"
                                .formatted(phone, earlier.uuid, earlier.open() ? "as open" : "and not looked for")));
        Command command = new Command("cmd-" + commands.size(), phone, now);
        command.told = answered;
        commands.add(command);
        world.counted("command", phone.eid);
        return Reply.json(201, List.of(Json.of("id", command.uuid, "href", "https://jamf.test/" + command.uuid)));
    }
}
