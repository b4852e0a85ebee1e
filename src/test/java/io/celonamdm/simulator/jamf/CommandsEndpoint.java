package io.celonamdm.simulator.jamf;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.jamf.Rsql.Equality;
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
        List<Phone> phones = clients(request.json().path("clientData"));
        return Answer.json(
                201, phones.stream().map(phone -> send(phone, address)).toList());
    }

    Answer list(Request request) {
        List<Equality> equalities = Rsql.parse(request.query("filter").orElse(""), FILTERS);
        Instant heardOf = Instant.now().minus(settings.commandLag());
        List<MdmCommand> found = commands.stream()
                .filter(command -> !command.sent().isAfter(heardOf) && !forgotten.contains(command))
                .filter(command -> equalities.stream().allMatch(equality -> matches(command, equality)))
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

    private List<Phone> clients(JsonNode clientData) {
        List<Phone> phones = new ArrayList<>();
        for (JsonNode client : clientData) {
            String managementId = client.path("managementId").asText();
            Optional<Phone> phone = devices.byManagementId(managementId);
            phones.add(phone.orElseThrow(() -> new BadRequest("Unknown managementId [" + managementId + "]")));
        }
        if (phones.isEmpty()) {
            throw new BadRequest("clientData must not be empty");
        }
        return phones;
    }

    private Object send(Phone phone, String address) {
        MdmCommand command = new MdmCommand(phone.managementId(), address);
        commands.add(command);
        plans.refresh(phone, address, command::answer);
        String href = "https://tenant.jamfcloud.com/api/v1/mdm/commands?uuids=" + command.uuid();
        return Json.object("id", command.uuid(), "href", href);
    }

    private static boolean matches(MdmCommand command, Equality equality) {
        String value = equality.value();
        return switch (equality.field()) {
            case "uuid" -> command.uuid().equals(value);
            case "clientManagementId" -> command.managementId().equals(value);
            case "command" -> MdmCommand.TYPE.equals(value);
            case "status" -> statusWord(command).equals(value);
            default -> String.valueOf(command.active()).equals(value);
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
