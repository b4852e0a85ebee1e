package io.celonamdm.platform.jamf;

import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.device.PushOutcome.Unlisted;
import io.celonamdm.http.Failures;
import io.celonamdm.http.VendorClock;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.jamf.CommandLook.By;
import io.celonamdm.sync.CallSizes;
import io.celonamdm.sync.Sync;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends and polls the command that makes devices download their eSIMs ({@code RefreshCellularPlansCommand} of Jamf Pro's
 * schema). The answer for several devices does not say which command is whose, so Jamf Pro is asked; a command that
 * cannot be told to be a device's is never taken for it.
 */
@Component
public class JamfCommands {
    private static final String TYPE = "REFRESH_CELLULAR_PLANS";
    private static final String OF_TYPE = ";command==" + TYPE;

    private final Clock clock;
    private final CallSizes sizes;
    private final Set<URI> trusted = ConcurrentHashMap.newKeySet();

    JamfCommands(Clock clock, CallSizes sizes) {
        this.clock = clock;
        this.sizes = sizes;
    }

    /** Accepts an order. */
    public Push begin(@Body PushOrder order) {
        return new Push(order);
    }

    /** Asks for the commands that were sent before: each alone that a list does not show, as it may be sent again. */
    public CommandLook byReference(@ExchangeProperty("push") Push push) {
        List<String> references = push.order().targets().stream()
                .map(target -> String.valueOf(target.reference()))
                .toList();
        return new CommandLook(By.COMMAND, references, "", false);
    }

    /** The same for the commands of this kind, in any state, of devices with an unanswered call. */
    public CommandLook allOnes(@ExchangeProperty("push") Push push) {
        return new CommandLook(By.DEVICE, Push.managementIds(push.unanswered()), OF_TYPE, false);
    }

    /** Asks for the unfinished commands of this kind of devices that are to be sent one. */
    public CommandLook activeOnes(@ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        return look(sync, Push.managementIds(push.open()), OF_TYPE + ";active==true");
    }

    /** Asks for the commands of the devices that were just sent one, in any state: a phone may have answered already. */
    public CommandLook justSent(@ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        return look(sync, Push.managementIds(push.sentTo()), OF_TYPE);
    }

    private CommandLook look(Sync sync, Collection<String> ids, String more) {
        return new CommandLook(By.DEVICE, ids, more, trusted.contains(sync.mdm().tenant()));
    }

    /**
     * Processes the answer to one call of a look.
     *
     * @param date the time by Jamf Pro's clock
     */
    public void looked(
            @Body @Nullable Object answer,
            @Header("Date") @Nullable String date,
            @ExchangeProperty("look") CommandLook look,
            @ExchangeProperty("sync") Sync sync) {
        look.read(answer, date);
        if (look.isProven() && look.by() == By.DEVICE) {
            trusted.add(sync.mdm().tenant());
        }
        if (!look.isOpen() && look.tookNone()) {
            sizes.refused(sync, "it does not show the commands of several devices at once");
        }
    }

    /** Processes a refusal to answer for several ids at once. */
    public void refused(@ExchangeProperty("look") CommandLook look) {
        look.refused();
    }

    /** Makes devices wait for their active commands. */
    public void active(@ExchangeProperty("push") Push push, @ExchangeProperty("look") CommandLook look) {
        for (Target target : push.open()) {
            // a server that ignores the condition shows the commands of earlier eSIMs too
            ours(look, target).stream()
                    .filter(command -> !CommandFate.isEnded(command))
                    .flatMap(command -> command.text("uuid").stream())
                    .findFirst()
                    .ifPresent(uuid -> push.settle(new Sent(target.eid(), uuid)));
        }
    }

    /** Makes devices wait for the commands that a call with unknown outcome sent; those without one get none now. */
    public void found(@ExchangeProperty("push") Push push, @ExchangeProperty("look") CommandLook look) {
        for (Target target : push.unanswered()) {
            Instant intended = Objects.requireNonNull(target.unansweredSince());
            push.settle(latest(look, target, intended)
                    .<PushOutcome>map(uuid -> new Sent(target.eid(), uuid))
                    .orElseGet(() ->
                            new Unlisted(target.eid(), "Jamf Pro shows no command since %s".formatted(intended))));
        }
    }

    /** The latest command since one of our times, in any state; or else an active one. */
    private Optional<String> latest(CommandLook look, Target target, Instant ours) {
        Instant since = VendorClock.earliest(ours, look.date(), clock.instant());
        return ours(look, target).stream()
                .filter(command -> CommandFate.isOpen(command)
                        || command.time("dateSent")
                                .filter(sent -> !sent.isBefore(since))
                                .isPresent())
                .max(Comparator.comparing(command -> command.time("dateSent").orElse(Instant.EPOCH)))
                .flatMap(command -> command.text("uuid"));
    }

    private static List<Fields> ours(CommandLook look, Target target) {
        return look.of(target.managementId()).stream()
                .filter(command -> command.text("commandType").equals(Optional.of(TYPE)))
                .toList();
    }

    /** One command for all devices that have none. */
    public byte[] refresh(@ExchangeProperty("push") Push push) {
        push.begins(clock.instant());
        Object command = Map.of(
                "clientData",
                Push.managementIds(push.open()).stream()
                        .map(id -> Map.of("managementId", id))
                        .toList(),
                "commandData",
                Map.of(
                        "commandType",
                        TYPE,
                        "esimServerUrl",
                        push.order().address().url()));
        return Json.write(command).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Processes Jamf Pro's answer to the command.
     *
     * @throws UnreadableAnswer if it has not exactly one id, and one device was sent a command
     */
    public void sent(
            @Body @Nullable Object answer, @ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        SentCommands sent = SentCommands.read(answer);
        List<String> devices = Push.managementIds(push.open());
        if (devices.size() == 1) {
            String uuid = sent.only().orElseThrow(() -> new UnreadableAnswer("one command's id", answer));
            push.open().forEach(target -> push.settle(new Sent(target.eid(), uuid)));
            return;
        }
        Map<String, String> known = sent.byDevice(devices);
        for (Target target : push.open()) {
            String uuid = known.get(CommandLook.id(target.managementId()));
            if (uuid != null) {
                push.settle(new Sent(target.eid(), uuid));
            }
        }
        push.sent(sent.ids(), !trusted.contains(sync.mdm().tenant()));
    }

    /** Makes each device wait for its own command among those just sent. */
    public void matched(@ExchangeProperty("push") Push push, @ExchangeProperty("look") CommandLook look) {
        for (Target target : push.open()) {
            Optional<String> answered = ours(look, target).stream()
                    .flatMap(command -> command.text("uuid").stream())
                    .filter(uuid -> push.ids().contains(CommandLook.id(uuid)))
                    .findFirst();
            (answered.isPresent() ? answered : latest(look, target, push))
                    .ifPresent(uuid -> push.settle(new Sent(target.eid(), uuid)));
        }
        unmatched(push, "does not show it yet");
    }

    /** An answer with ids that are all other devices' says nothing about a command that has ended. */
    private Optional<String> latest(CommandLook look, Target target, Push push) {
        return push.ids().isEmpty()
                ? latest(look, target, push.sentAt())
                : ours(look, target).stream()
                        .filter(CommandFate::isOpen)
                        .flatMap(command -> command.text("uuid").stream())
                        .findFirst();
    }

    /** Leaves devices in doubt whose commands could not be looked up: Jamf Pro took the call that sent them. */
    public void notMatched(
            @ExchangeProperty("push") Push push, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        unmatched(push, "could not be asked for it: " + Failures.words(failure));
    }

    private static void unmatched(Push push, String why) {
        push.open()
                .forEach(target -> push.settle(
                        new Unlisted(target.eid(), "Jamf Pro took a command for this device and others, and " + why)));
    }

    /** The status of the commands. */
    public void fates(@ExchangeProperty("push") Push push, @ExchangeProperty("look") CommandLook look) {
        for (Target target : push.order().targets()) {
            String uuid = String.valueOf(target.reference());
            push.settle(look.of(uuid).stream()
                    .findFirst()
                    .map(command -> CommandFate.of(target.eid(), command))
                    .orElseGet(() -> new Unlisted(target.eid(), "Jamf Pro does not know command %s".formatted(uuid))));
        }
    }
}
