package io.celonamdm.simulator.jamf;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.jamf.Rsql.Condition;
import io.celonamdm.simulator.phone.CellularPlans;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code POST} and {@code GET /api/v2/mdm/commands} of the schema, for the refresh command alone. */
final class CommandsEndpoint {
    private static final Set<String> FILTERS = Set.of("uuid", "clientManagementId", "command", "status", "active");

    private final Devices devices;
    private final CellularPlans plans;
    private final JamfSettings settings;
    private final List<MdmCommand> commands = new CopyOnWriteArrayList<>();
    private final Set<MdmCommand> forgotten = ConcurrentHashMap.newKeySet();

    CommandsEndpoint(Devices devices, CellularPlans plans, JamfSettings settings) {
        this.devices = devices;
        this.plans = plans;
        this.settings = settings;
    }

    List<MdmCommand> commands() {
        return List.copyOf(commands);
    }

    Answer send(Request request) {
        JsonNode data = request.json().path("commandData");
        if (!data.path("commandType").asText().equals(MdmCommand.TYPE)) {
            throw new BadRequest(
                    "Unknown commandType [" + data.path("commandType").asText() + "]");
        }
        String address = data.path("esimServerUrl").asText("");
        if (address.isEmpty() || address.length() > 2048) {
            return ApiErrors.error(400, "INVALID_FIELD", "size must be between 1 and 2048", "esimServerUrl");
        }
        JsonNode clients = request.json().path("clientData");
        if (clients.isEmpty()) {
            throw new BadRequest("clientData must not be empty");
        }
        return clients.size() == 1 ? Answer.json(201, sent(phones(clients), address)) : sendGroup(clients, address);
    }

    private Answer sendGroup(JsonNode clients, String address) {
        List<Phone> known = new ArrayList<>();
        boolean allKnown = true;
        for (JsonNode client : clients) {
            Optional<Phone> phone = known(client.path("managementId").asText());
            if (phone.isPresent() && (allKnown || settings.groups() == GroupBehaviour.THE_KNOWN)) {
                known.add(phone.get());
            }
            allKnown &= phone.isPresent();
        }
        return switch (settings.groups()) {
            case ALL_OR_NOTHING -> Answer.json(201, answered(phones(clients), address));
            case THE_KNOWN -> Answer.json(201, answered(known, address));
            case UNTIL_ONE_IS_UNKNOWN -> {
                Object answer = answered(known, address);
                yield allKnown ? Answer.json(201, answer) : ApiErrors.badRequest("Unknown managementId");
            }
            case BROKEN_BY_ONE ->
                allKnown
                        ? Answer.json(201, answered(known, address))
                        : ApiErrors.error(500, null, "unable to queue command", null);
            case REFUSED_400 -> ApiErrors.badRequest("clientData must have one element");
            case REFUSED_413 -> Answer.html(413, "Request Entity Too Large");
            case REFUSED_500 -> ApiErrors.error(500, null, "unable to queue command", null);
            case FIRST_ONLY -> Answer.json(201, sent(known.subList(0, 1), address));
        };
    }

    private Object answered(List<Phone> phones, String address) {
        List<MdmCommand> all =
                phones.stream().map(phone -> send(phone, address)).toList();
        return all.isEmpty() ? List.of() : settings.groupAnswer().of(all);
    }

    private List<Object> sent(List<Phone> phones, String address) {
        return phones.stream()
                .map(phone -> {
                    MdmCommand command = send(phone, address);
                    String href = "https://tenant.jamfcloud.com/api/v1/mdm/commands?uuids=" + command.uuid();
                    return (Object) Json.object("id", command.uuid(), "href", href);
                })
                .toList();
    }

    Answer list(Request request) {
        List<Condition> conditions = Rsql.parse(request.query("filter").orElse(""), FILTERS);
        if (conditions.stream().anyMatch(condition -> condition.values().size() > 1)) {
            if (settings.groupLook() == GroupLook.REFUSED) {
                return ApiErrors.badRequest("Cannot parse filter");
            }
            if (settings.groupLook() == GroupLook.TOO_LONG) {
                return Answer.html(414, "Request-URI Too Long");
            }
        }
        Instant heardOf = Instant.now().minus(settings.commandLag());
        List<MdmCommand> found = commands.stream()
                .filter(command -> !command.sent().isAfter(heardOf) && !forgotten.contains(command))
                .filter(command -> conditions.stream().allMatch(condition -> matches(command, condition)))
                .toList();
        List<MdmCommand> sorted = new ArrayList<>(found);
        if (request.query("sort").orElse("").equals("dateSent:desc")) {
            Collections.reverse(sorted);
        }
        Answer page = Page.of(request).of(sorted, command -> command.json(settings.clockAhead()));
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).plus(settings.clockAhead());
        return new Answer(
                page.status(),
                page.contentType(),
                page.body(),
                Map.of("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now)));
    }

    /** Finished commands are no longer shown, but were sent. */
    void forgetFinished() {
        commands.stream().filter(command -> !command.active()).forEach(forgotten::add);
    }

    private Optional<Phone> known(String managementId) {
        return settings.hasForgotten(managementId) ? Optional.empty() : devices.byManagementId(managementId);
    }

    private List<Phone> phones(JsonNode clients) {
        List<Phone> phones = new ArrayList<>();
        for (JsonNode client : clients) {
            String managementId = client.path("managementId").asText();
            Optional<Phone> phone = known(managementId);
            phones.add(phone.orElseThrow(() -> new BadRequest("Unknown managementId [" + managementId + "]")));
        }
        return phones;
    }

    private MdmCommand send(Phone phone, String address) {
        MdmCommand command = new MdmCommand(phone.managementId(), address);
        commands.add(command);
        plans.refresh(phone, address, command::answer);
        return command;
    }

    private boolean matches(MdmCommand command, Condition condition) {
        List<String> values = condition.values();
        if (values.size() > 1) {
            switch (settings.groupLook()) {
                case FIRST_ONLY -> values = values.subList(0, 1);
                case NOTHING -> {
                    return false;
                }
                case EVERYTHING -> {
                    return true;
                }
                default -> {}
            }
        }
        return switch (condition.field()) {
            case "uuid" -> values.contains(command.uuid());
            case "clientManagementId" -> values.contains(command.managementId());
            case "command" -> values.contains(MdmCommand.TYPE);
            case "status" -> values.contains(statusWord(command));
            default -> values.contains(String.valueOf(command.active()));
        };
    }

    /** In filters the state is in title case without underscores: {@code Pending}, {@code NotNow}. */
    private static String statusWord(MdmCommand command) {
        StringBuilder word = new StringBuilder();
        for (String part : command.state().split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
