package io.celonamdm.platform.intune;

import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Again;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.device.PushOutcome.Unlisted;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.Push.Command;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch;
import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import io.celonamdm.platform.intune.graph.Permissions;
import io.celonamdm.settings.mdm.IntuneSettings.Spelling;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends the action {@code activateDeviceEsim} of Graph's beta, for up to a hundred devices by {@code executeAction} or
 * for one. Intune's acceptance says nothing about the device.
 */
@Component
public class IntunePush {
    /** The statuses of a server without the bulk action. */
    private static final String NO_BULK = "400,404,405,501";

    /** The statuses of a request that was not processed, and may be made again. */
    private static final Set<Integer> NOT_PROCESSED = Set.of(401, 429);

    private final Clock clock;

    IntunePush(Clock clock) {
        this.clock = clock;
    }

    /** Accepts an order. */
    public Push begin(@Body PushOrder order, @ExchangeProperty("sync") Sync sync) {
        return new Push(order, sync.mdm().intune().bulk());
    }

    /** Decides which commands to send: one for iPhones and iPads, one for Android, each with its own spelling. */
    public void prepare(@ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        Spelling spelling = sync.mdm().intune().address();
        prepare(push, Platform.IOS, spelling.ios());
        prepare(push, Platform.ANDROID, spelling.android());
        for (Target target : push.open(Platform.OTHER)) {
            push.settle(new Failed(
                    target.eid(),
                    ReasonCode.NOT_COMMANDABLE,
                    "Intune cannot tell a device with the operating system \"%s\" about an eSIM"
                            .formatted(target.device().os())));
        }
    }

    /** The statuses of the bulk call that count as an answer; throttling does once something was sent. */
    public String accepted(@ExchangeProperty("push") Push push) {
        return push.hasSent() ? NO_BULK + ",429" : NO_BULK;
    }

    /** One call for all devices of the command. */
    public byte[] bulk(@ExchangeProperty("push") Push push) {
        Command command = push.command();
        return Graph.body(
                Map.of("actionName", EsimActions.NAME, "carrierUrl", command.url(), "deviceIds", command.ids()));
    }

    /**
     * Processes the answer to the call for all; devices missing in its lists have no outcome.
     *
     * @param date the time by Microsoft's clock
     * @throws UnreadableAnswer if none of the devices is in a list
     */
    public void bulkAnswered(
            @Body byte @Nullable [] body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Date") @Nullable String date,
            @ExchangeProperty("push") Push push) {
        if (status == 429) {
            push.command().targets().forEach(target -> push.settle(new Again(target.eid(), "Intune is throttling")));
            push.commanded();
            return;
        }
        if (status >= 300) {
            push.oneByOne();
            return;
        }
        Fields answer = Fields.of(Json.parse(new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8))
                .orElse(null));
        // the documents show it wrapped, but other actions answer without the wrapper
        BulkResult result = BulkResult.read(answer, push.command().ids());
        for (Target target : push.command().targets()) {
            result.of(target.managementId())
                    .map(list -> outcome(target, list, date))
                    .ifPresent(push::settle);
        }
        push.commanded();
    }

    /** One request for each device of the command. */
    public GraphBatch single(@ExchangeProperty("push") Push push) {
        Command command = push.command();
        return GraphBatch.once(
                Graph.BETA,
                command.targets().stream()
                        .map(target -> new Request(
                                target.managementId(),
                                "POST",
                                "%s/%s/activateDeviceEsim"
                                        .formatted(Graph.MANAGED_DEVICES, Graph.encoded(target.managementId())),
                                Map.of("carrierUrl", command.url())))
                        .toList());
    }

    /**
     * Processes the answers to the single requests; devices without one have no outcome, and an answer that leaves open
     * whether the action was taken has it looked for.
     *
     * @param date the time by Microsoft's clock
     */
    public void singleAnswered(
            @ExchangeProperty("push") Push push,
            @ExchangeProperty("batch") GraphBatch batch,
            @Header("Date") @Nullable String date) {
        for (Target target : push.command().targets()) {
            batch.answer(target.managementId())
                    .map(answer -> outcome(target, answer, date))
                    .ifPresent(push::settle);
        }
        push.commanded();
    }

    private PushOutcome outcome(Target target, BulkResult.Verdict list, @Nullable String date) {
        return switch (list) {
            case SUCCESSFUL -> sent(target, date);
            case FAILED -> new Again(target.eid(), "Intune could not send the action");
            case NOT_FOUND -> new Failed(target.eid(), ReasonCode.NOT_COMMANDABLE, "Intune no longer knows the device");
            case NOT_SUPPORTED ->
                new Failed(
                        target.eid(),
                        ReasonCode.HARDWARE_UNSUPPORTED,
                        "Intune says that the action is not supported for the device");
        };
    }

    private PushOutcome outcome(Target target, Answer answer, @Nullable String date) {
        if (answer.good()) {
            return sent(target, date);
        }
        if (answer.status() == 404) {
            return new Failed(target.eid(), ReasonCode.NOT_COMMANDABLE, answer.words());
        }
        if (NOT_PROCESSED.contains(answer.status())) {
            return new Again(target.eid(), answer.words());
        }
        if (answer.leavesOpen()) {
            return new Unlisted(target.eid(), "Intune does not say whether it took the action: " + answer.words());
        }
        return answer.status() == 403
                ? new Failed(
                        target.eid(),
                        ReasonCode.FORBIDDEN,
                        "the app registration needs " + Permissions.COMMAND + "; " + answer.words())
                : new Failed(target.eid(), ReasonCode.COMMAND_FAILED, answer.words());
    }

    private PushOutcome sent(Target target, @Nullable String date) {
        return new Sent(target.eid(), EsimActions.reference(date, clock.instant()));
    }

    private static void prepare(Push push, Platform platform, String spelling) {
        List<Target> targets = push.open(platform);
        if (!targets.isEmpty()) {
            push.command(new Command(written(spelling, push.order().address()), targets));
        }
    }

    /** The address in a spelling of the settings. */
    static String written(String spelling, SmdpAddress address) {
        return spelling.replace("<host>", address.host().toLowerCase(Locale.ROOT));
    }
}
