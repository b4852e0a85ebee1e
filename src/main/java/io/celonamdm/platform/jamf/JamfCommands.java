package io.celonamdm.platform.jamf;

import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.http.VendorClock;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends and polls the command that makes a device download its eSIM ({@code RefreshCellularPlansCommand} of Jamf Pro's
 * schema). One device per call: the answer does not say which command belongs to which device.
 */
@Component
public class JamfCommands {
    private static final String TYPE = "REFRESH_CELLULAR_PLANS";

    private final Clock clock;

    JamfCommands(Clock clock) {
        this.clock = clock;
    }

    /** Requests the command that was sent before. */
    public String byReference(@ExchangeProperty("order") PushOrder order) {
        return query("uuid==" + Query.quoted(String.valueOf(order.target().reference())));
    }

    /** Requests the device's commands of this kind in any state. */
    public String allOnes(@ExchangeProperty("order") PushOrder order) {
        return query("clientManagementId==%s;command==%s"
                .formatted(Query.quoted(order.target().managementId()), TYPE));
    }

    /** Requests the device's unfinished commands of this kind. */
    public String activeOnes(@ExchangeProperty("order") PushOrder order) {
        String device = Query.quoted(order.target().managementId());
        return query("clientManagementId==%s;command==%s;active==true".formatted(device, TYPE));
    }

    /**
     * The active command, which the device then waits for.
     *
     * @return its outcome; empty if there is none
     */
    public List<PushOutcome> active(@Body @Nullable Object answer, @ExchangeProperty("order") PushOrder order) {
        return ours(answer, order)
                .flatMap(command -> command.text("uuid").stream())
                .findFirst()
                .map(reference -> sent(order, reference))
                .orElse(List.of());
    }

    /**
     * The latest command that a call with unknown outcome sent, in any state; or else an active one.
     *
     * @param date the time by Jamf Pro's clock
     */
    public List<PushOutcome> found(
            @Body @Nullable Object answer,
            @Header("Date") @Nullable String date,
            @ExchangeProperty("order") PushOrder order) {
        Instant intended = Objects.requireNonNull(order.target().unansweredSince());
        Instant since = VendorClock.earliest(intended, date, clock.instant());
        return ours(answer, order)
                .filter(command -> CommandFate.isOpen(command)
                        || command.time("dateSent")
                                .filter(sent -> !sent.isBefore(since))
                                .isPresent())
                .max(Comparator.comparing(command -> command.time("dateSent").orElse(Instant.EPOCH)))
                .flatMap(command -> command.text("uuid"))
                .map(reference -> sent(order, reference))
                .orElseGet(() -> List.of(new PushOutcome.Unlisted(
                        order.target().eid(), "Jamf Pro shows no command since %s".formatted(intended))));
    }

    /** If a server ignores the filter, one device must not wait for another's command. */
    private static Stream<Fields> ours(@Nullable Object answer, PushOrder order) {
        Optional<String> device = Optional.of(order.target().managementId());
        return commands(answer).stream()
                .filter(command -> command.text("commandType").equals(Optional.of(TYPE)))
                .filter(command -> command.object("client").text("managementId").equals(device));
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

    /**
     * Jamf Pro's answer to the command: a list with one entry per device by the schema, or the entry alone on some
     * servers.
     */
    public List<PushOutcome> sent(@Body @Nullable Object answer, @ExchangeProperty("order") PushOrder order) {
        Object entry = answer instanceof List<?> list && list.size() == 1 ? list.get(0) : answer;
        String uuid = Fields.of(entry).text("id").orElseThrow(() -> new UnreadableAnswer("one command's id", answer));
        return sent(order, uuid);
    }

    /** The status of the command. */
    public List<PushOutcome> fate(@Body @Nullable Object answer, @ExchangeProperty("order") PushOrder order) {
        String uuid = String.valueOf(order.target().reference());
        return List.of(commands(answer).stream()
                .filter(command -> uuid.equalsIgnoreCase(command.textOrEmpty("uuid")))
                .findFirst()
                .map(command -> CommandFate.of(order.target().eid(), command))
                .orElseGet(() -> new PushOutcome.Unlisted(
                        order.target().eid(), "Jamf Pro does not know command %s".formatted(uuid))));
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
