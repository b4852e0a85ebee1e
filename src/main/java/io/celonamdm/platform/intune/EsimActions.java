package io.celonamdm.platform.intune;

import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Acknowledged;
import io.celonamdm.device.PushOutcome.Again;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.device.PushOutcome.Unlisted;
import io.celonamdm.device.PushOutcome.Waiting;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.VendorClock;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Timestamps;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch;
import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Polls the status of actions. Graph gives them no id, so an action is identified by its device and its start time
 * ({@code deviceActionResults}).
 */
@Component
public class EsimActions {
    static final String NAME = "activateDeviceEsim";

    /** How far the start of an action may be from the time of the answer to its call. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Clock clock;

    EsimActions(Clock clock) {
        this.clock = clock;
    }

    /**
     * The reference of an action that was just sent.
     *
     * @param date the time by Microsoft's clock, which starts the action; null if the answer does not say
     * @param now the time by ours
     */
    static String reference(@Nullable String date, Instant now) {
        return reference(VendorClock.now(date, now));
    }

    private static String reference(Instant start) {
        return NAME + " " + start;
    }

    /** Requests the actions of the devices whose commands are polled; a profile has no status of its own. */
    public GraphBatch questions(@ExchangeProperty("push") Push push) {
        for (Target target : push.open(Platform.WINDOWS)) {
            push.settle(new Acknowledged(target.eid()));
        }
        return questions(push.order().targets().stream()
                .filter(target -> Push.platform(target.device()) != Platform.WINDOWS)
                .toList());
    }

    /** Requests the actions of the devices whose earlier call has an unknown outcome. */
    public GraphBatch doubts(@ExchangeProperty("push") Push push) {
        return questions(push.unanswered());
    }

    /** The status of the commands. */
    public void fates(@ExchangeProperty("push") Push push, @ExchangeProperty("batch") GraphBatch batch) {
        for (Target target : push.order().targets()) {
            batch.answer(target.managementId())
                    .map(answer -> fate(target, answer))
                    .ifPresent(push::settle);
        }
    }

    /**
     * Makes a device wait for the action that a call with unknown outcome sent, in any state. A device without such an
     * action gets none for now either: an empty list proves nothing.
     *
     * @param date the time by Microsoft's clock
     * @throws KnownFailure if Graph does not answer for one of the devices; nothing is sent then
     */
    public void found(
            @ExchangeProperty("push") Push push,
            @ExchangeProperty("batch") GraphBatch batch,
            @Header("Date") @Nullable String date) {
        for (Target target : push.unanswered()) {
            Answer answer = batch.answer(target.managementId()).orElse(new Answer(0, Fields.of(null)));
            if (!answer.good() && answer.status() != 404) {
                throw new KnownFailure(new Failure(
                        Kind.OUTCOME_UNKNOWN,
                        ReasonCode.VENDOR_ERROR,
                        "Intune does not tell which actions it has for a device: " + answer.words(),
                        null));
            }
            if (answer.good()) {
                Instant intended = Objects.requireNonNull(target.unansweredSince());
                Instant since = VendorClock.earliest(intended, date, clock.instant());
                push.settle(latest(answer.body(), since, push.order().address())
                        .flatMap(action -> action.time("startDateTime"))
                        .<PushOutcome>map(start -> new Sent(target.eid(), reference(start)))
                        .orElseGet(() ->
                                new Unlisted(target.eid(), "Intune lists no action since %s".formatted(intended))));
            }
        }
    }

    /** An action for another address is not ours; Intune may omit the address. */
    private static Optional<Fields> latest(Fields device, Instant since, SmdpAddress address) {
        return latest(device, since)
                .filter(action -> action.text("carrierUrl")
                        .map(url -> url.toLowerCase(Locale.ROOT)
                                .contains(address.host().toLowerCase(Locale.ROOT)))
                        .orElse(true));
    }

    private static GraphBatch questions(List<Target> targets) {
        return GraphBatch.once(
                Graph.BETA,
                targets.stream()
                        .map(target -> Request.get(
                                target.managementId(),
                                "%s/%s?$select=id,deviceActionResults"
                                        .formatted(Graph.MANAGED_DEVICES, Graph.encoded(target.managementId()))))
                        .toList());
    }

    private PushOutcome fate(Target target, Answer answer) {
        if (answer.status() == 404) {
            return new Failed(target.eid(), ReasonCode.NOT_COMMANDABLE, "Intune no longer knows the device");
        }
        if (!answer.good()) {
            return new Waiting(target.eid(), "unknown: " + answer.words());
        }
        Instant sent = Timestamps.parse(
                        String.valueOf(target.reference()).replace(NAME, "").strip())
                .orElse(Instant.EPOCH);
        return latest(answer.body(), sent.minus(SKEW))
                .map(action -> fate(target, state(action)))
                .orElseGet(() -> new Unlisted(target.eid(), "Intune does not list the action of %s".formatted(sent)));
    }

    private static PushOutcome fate(Target target, String state) {
        return switch (state) {
            case "done" -> new Acknowledged(target.eid());
            case "failed", "canceled" -> new Again(target.eid(), "Intune says that the action is " + state);
            case "notsupported" ->
                new Failed(
                        target.eid(),
                        ReasonCode.HARDWARE_UNSUPPORTED,
                        "Intune says that the action is not supported for the device");
            // an unknown state never causes another action
            default -> new Waiting(target.eid(), state);
        };
    }

    private static Optional<Fields> latest(Fields device, Instant since) {
        return device.list("deviceActionResults").stream()
                .filter(EsimActions::isOurs)
                .filter(action -> action.time("startDateTime")
                        .filter(start -> !start.isBefore(since))
                        .isPresent())
                .max(Comparator.comparing(action -> action.time("startDateTime").orElse(Instant.EPOCH)));
    }

    private static boolean isOurs(Fields action) {
        String words = action.textOrEmpty("@odata.type") + " " + action.textOrEmpty("actionName");
        return words.toLowerCase(Locale.ROOT).contains(NAME.toLowerCase(Locale.ROOT));
    }

    private static String state(Fields action) {
        return action.textOrEmpty("actionState").toLowerCase(Locale.ROOT);
    }
}
