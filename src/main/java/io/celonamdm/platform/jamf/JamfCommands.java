package io.celonamdm.platform.jamf;

import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.platform.PushOrder;
import io.celonamdm.platform.PushOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The command that makes a device download its eSIM ({@code RefreshCellularPlansCommand} of Jamf Pro's schema), and
 * what becomes of it. One device a call: the answer does not say which command is whose.
 */
@Component
public class JamfCommands {
    private static final String TYPE = "REFRESH_CELLULAR_PLANS";

    JamfCommands() {}

    /** Asks for the command that was sent before. */
    public String byReference(@ExchangeProperty("order") PushOrder order) {
        return query("uuid==" + Query.quoted(String.valueOf(order.target().reference())));
    }

    /** Asks for the device's commands of this kind that have not come to an end. */
    public String activeOnes(@ExchangeProperty("order") PushOrder order) {
        String device = Query.quoted(order.target().managementId());
        return query("clientManagementId==%s;command==%s;active==true".formatted(device, TYPE));
    }

    /**
     * The active command, which is then the one to wait for.
     *
     * @return its outcome; empty if there is none
     */
    public List<PushOutcome> active(@Body @Nullable Object answer, @ExchangeProperty("order") PushOrder order) {
        // a server that overlooks the filter must not make one device wait for another's command
        Optional<String> uuid = commands(answer).stream()
                .filter(command -> command.text("commandType").equals(Optional.of(TYPE)))
                .filter(command -> command.object("client")
                        .text("managementId")
                        .equals(Optional.of(order.target().managementId())))
                .flatMap(command -> command.text("uuid").stream())
                .findFirst();
        return uuid.map(reference -> sent(order, reference)).orElse(List.of());
    }

    /** The command itself. */
    public byte[] refresh(@ExchangeProperty("order") PushOrder order) {
        Object command = Map.of(
                "clientData",
                List.of(Map.of("managementId", order.target().managementId())),
                "commandData",
                Map.of("commandType", TYPE, "esimServerUrl", order.address().url()));
        return Json.write(command).getBytes(StandardCharsets.UTF_8);
    }

    /** What Jamf Pro answers to the command: the schema has one entry per device, some servers the entry alone. */
    public List<PushOutcome> sent(@Body @Nullable Object answer, @ExchangeProperty("order") PushOrder order) {
        Object entry = answer instanceof List<?> list && list.size() == 1 ? list.get(0) : answer;
        String uuid = Fields.of(entry).text("id").orElseThrow(() -> new UnreadableAnswer("one command's id", answer));
        return sent(order, uuid);
    }

    /** What became of the command; one that Jamf Pro has forgotten may be sent again. */
    public List<PushOutcome> fate(@Body @Nullable Object answer, @ExchangeProperty("order") PushOrder order) {
        String uuid = String.valueOf(order.target().reference());
        return List.of(commands(answer).stream()
                .filter(command -> uuid.equalsIgnoreCase(command.textOrEmpty("uuid")))
                .findFirst()
                .map(command -> CommandFate.of(order.target().eid(), command))
                .orElseGet(() -> new PushOutcome.Again(
                        order.target().eid(), "Jamf Pro no longer knows command %s".formatted(uuid))));
    }

    private static String query(String filter) {
        return new Query()
                .and("filter", filter)
                .and("page", 0)
                .and("page-size", 100)
                .and("sort", "dateSent:desc")
                .toString();
    }

    private static List<Fields> commands(@Nullable Object answer) {
        if (!(Fields.mapOf(answer).get("results") instanceof List<?>)) {
            throw new UnreadableAnswer("a list of commands", answer);
        }
        return Fields.of(answer).list("results");
    }

    private static List<PushOutcome> sent(PushOrder order, String uuid) {
        return List.of(new PushOutcome.Sent(order.target().eid(), uuid));
    }
}
