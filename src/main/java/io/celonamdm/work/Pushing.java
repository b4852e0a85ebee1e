package io.celonamdm.work;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PlatformMessages;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.device.Journal.Line;
import io.celonamdm.ledger.device.UnansweredCalls;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.CallSizes;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.Prepared;
import io.celonamdm.work.call.PushCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The step PUSH: sends the SM-DP+ address to the device through the MDM. */
@Component
public class Pushing {
    private final DeviceTransitions transitions;
    private final DeviceFacts facts;
    private final Journal journal;
    private final UnansweredCalls unanswered;
    private final DeviceCompletion completion;
    private final Quarantines quarantines;
    private final PushVerdicts verdicts;
    private final CallSizes sizes;

    Pushing(
            DeviceTransitions transitions,
            DeviceFacts facts,
            Journal journal,
            UnansweredCalls unanswered,
            DeviceCompletion completion,
            Quarantines quarantines,
            PushVerdicts verdicts,
            CallSizes sizes) {
        this.transitions = transitions;
        this.facts = facts;
        this.journal = journal;
        this.unanswered = unanswered;
        this.completion = completion;
        this.quarantines = quarantines;
        this.verdicts = verdicts;
        this.sizes = sizes;
    }

    /**
     * Journals the command that is about to be sent.
     *
     * @return the call, if any device is left for it, and the dead letters of the others
     */
    @Transactional
    public Prepared intend(@ExchangeProperty("work") Work work) {
        Sync sync = work.sync();
        SmdpAddress address = work.devices().get(0).smdp();
        if (address == null) {
            return new Prepared(
                    null,
                    completion.dead(
                            sync, work.ids(), ReasonCode.SMDP_NOT_ALLOWED, "Celona named no SM-DP+ address", null));
        }
        if (!address.allowedBy(sync.celona().smdpHosts())) {
            String reason = "Celona named the SM-DP+ host %s, which celona.smdp-hosts %s does not allow"
                    .formatted(address.host(), sync.celona().smdpHosts());
            Instant again = quarantines.open(sync, Origin.PUSH, ReasonCode.SMDP_NOT_ALLOWED, reason);
            transitions.retry(work.ids(), Step.PUSH, again, ReasonCode.SMDP_NOT_ALLOWED, reason, false);
            return Prepared.NOTHING;
        }
        if (sync.mdm().leavesPushToOthers()) {
            transitions.hold(
                    work.ids(),
                    ReasonCode.AWAITS_ENROLMENT,
                    "the eSIM is ready; the sync of the MDM that shows the device goes on with it");
            return Prepared.NOTHING;
        }
        if (!sync.mdm().push().contains(PushWay.COMMAND)) {
            verdicts.nothingToSend(sync, work.devices());
            return Prepared.NOTHING;
        }
        List<Device> sent = new ArrayList<>();
        List<DeadLetter> dead = new ArrayList<>();
        for (Device device : work.devices()) {
            if (!isCommandable(device.mdm())) {
                dead.addAll(completion.dead(
                        sync, device, ReasonCode.NOT_COMMANDABLE, "the MDM shows no management id for the device"));
            } else {
                sent.add(device);
            }
        }
        if (sent.isEmpty()) {
            return new Prepared(null, dead);
        }
        List<Line> lines =
                sent.stream().map(device -> new Line(device, null, null)).toList();
        long entry = journal.intend(sync.name(), work.run(), Step.PUSH, null, lines);
        unanswered.asked(
                entry,
                sent.stream()
                        .filter(device -> device.pushReference() != null)
                        .map(Device::id)
                        .toList());
        return new Prepared(new PushCall(entry, address, sent), dead);
    }

    /** Whether the MDM can send the device a command. */
    static boolean isCommandable(MdmDevice device) {
        String managementId = device.managementId();
        return managementId != null && !managementId.isBlank();
    }

    /** The order for the platform. */
    public PushOrder order(@ExchangeProperty("work") Work work, @ExchangeProperty("call") PushCall call) {
        Map<Long, Instant> since = unanswered.pushes(call.ids());
        return new PushOrder(
                work.sync().name(),
                call.address(),
                call.devices().stream()
                        .map(device -> new Target(
                                device.eid().value(), device.mdm(), device.pushReference(), since.get(device.id())))
                        .toList());
    }

    /** Withdraws a call: its devices return to their earlier state. */
    @OutlastsOutages
    @Transactional
    public void withdraw(@ExchangeProperty("call") PushCall call) {
        if (journal.notSent(call.entry(), "the sync was stopped, or its settings changed, before the call was made")) {
            transitions.putBack(call.ids());
        }
    }

    /**
     * Advances each device according to the platform's answer.
     *
     * @return the dead letters
     */
    @OutlastsOutages
    @Transactional
    public List<DeadLetter> answered(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") PushCall call,
            @Body @Nullable Object answer) {
        List<PushOutcome> outcomes = PlatformMessages.outcomes(answer);
        // known before this answer
        Map<Long, Instant> since = unanswered.pushes(call.ids());
        if (!journal.answered(call.entry(), null, null, outcomes.toString())) {
            // the devices have moved on without this answer
            return List.of();
        }
        Map<String, PushOutcome> byEid = PlatformMessages.byEid(outcomes);
        List<Long> unsure = call.devices().stream()
                .filter(device -> isSentTo(device, since)
                        && leavesOpen(byEid.get(device.eid().value())))
                .map(Device::id)
                .toList();
        if (!unsure.isEmpty()) {
            unanswered.unsure(call.entry(), unsure);
            // alone, the MDM says what is wrong with it
            facts.pushApart(unsure);
        }
        learn(work.sync(), call, byEid, since);
        return verdicts.settle(work.sync(), call, byEid, since);
    }

    /** Whether the call sent the device a command, or was to: there was none to ask about, and none to search for. */
    static boolean isSentTo(Device device, Map<Long, Instant> since) {
        return device.pushReference() == null && !since.containsKey(device.id());
    }

    /** Whether the answer leaves open that the device was sent a command. */
    private static boolean leavesOpen(@Nullable PushOutcome outcome) {
        return outcome == null || outcome instanceof PushOutcome.Unlisted;
    }

    /** Learns whether the tenant takes several devices in one call. */
    private void learn(Sync sync, PushCall call, Map<String, PushOutcome> byEid, Map<Long, Instant> since) {
        List<PushOutcome> sent = call.devices().stream()
                .filter(device -> isSentTo(device, since))
                .map(device -> byEid.get(device.eid().value()))
                .filter(Objects::nonNull)
                .toList();
        if (sent.size() < 2) {
            if (call.devices().size() == 1 && sent.stream().anyMatch(PushOutcome.Sent.class::isInstance)) {
                sizes.acceptedAlone(sync);
            }
            return;
        }
        if (sent.stream().anyMatch(PushOutcome.Sent.class::isInstance)) {
            sizes.accepted(sync);
        } else if (sent.get(0) instanceof PushOutcome.Unlisted unlisted) {
            sizes.refused(sync, unlisted.reason());
        }
    }
}
