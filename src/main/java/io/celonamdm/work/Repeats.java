package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceFacts.Command;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.UnansweredCalls;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides when to resend a command that the MDM does not list. A missing entry is no proof: its servers may lag, or it
 * may not list executed commands. So it is asked again until {@code mdm.repeat.after} has passed, and a command that it
 * accepted is resent at most {@code mdm.repeat.most} times.
 */
@Component
class Repeats {
    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);

    private final DeviceFacts facts;
    private final UnansweredCalls unanswered;
    private final DeviceTransitions transitions;
    private final DownloadRetry downloadRetry;
    private final Clock clock;

    Repeats(
            DeviceFacts facts,
            UnansweredCalls unanswered,
            DeviceTransitions transitions,
            DownloadRetry downloadRetry,
            Clock clock) {
        this.facts = facts;
        this.unanswered = unanswered;
        this.transitions = transitions;
        this.downloadRetry = downloadRetry;
        this.clock = clock;
    }

    /**
     * Handles a device whose command the MDM does not list.
     *
     * @param entry the journal entry of the call that looked for it
     * @param since the intent time of an unanswered call that may have sent it; null if every call was answered
     * @param reason what was looked for
     * @return the dead letter, if the device's deadline has passed
     */
    List<DeadLetter> unlisted(Sync sync, Device device, long entry, @Nullable Instant since, String reason) {
        if (device.pushReference() != null) {
            String why = sendAgain(sync, device, reason);
            return why == null
                    ? List.of()
                    : downloadRetry.wait(sync, device, Step.PUSH, ReasonCode.COMMAND_UNLISTED, why);
        }
        if (since != null && clock.instant().isBefore(since.plus(sync.mdm().repeatAfter()))) {
            unanswered.asked(entry, List.of(device.id()));
            Instant patient = since.plus(sync.celona().provision().patience());
            boolean waits = clock.instant().isAfter(patient);
            downloadRetry.again(sync, device, Step.PUSH, ReasonCode.COMMAND_UNLISTED, reason, waits);
            return List.of();
        }
        // this lookup settles the unanswered calls: the next push sends a command
        transitions.retry(List.of(device.id()), Step.PUSH, clock.instant(), ReasonCode.COMMAND_UNLISTED, reason, false);
        return List.of();
    }

    /**
     * Resends the command of a device, if it is time and the limit is not reached.
     *
     * @param reason what was looked for
     * @return why the device waits instead; null if the command is resent
     */
    @Nullable
    String sendAgain(Sync sync, Device device, String reason) {
        Command command = facts.latestCommand(device.id());
        Instant sent = command.sentAt();
        if (sent != null && clock.instant().isBefore(sent.plus(sync.mdm().repeatAfter()))) {
            return reason;
        }
        int most = sync.mdm().repeat().most();
        if (command.repeats() >= most) {
            return "%s, although it was sent %d times".formatted(reason, command.repeats() + 1);
        }
        LOG.info("{}; the command is sent again, for the {}. time of {}", reason, command.repeats() + 1, most);
        facts.repeatCommand(device.id());
        transitions.retry(List.of(device.id()), Step.PUSH, clock.instant(), ReasonCode.COMMAND_UNLISTED, reason, false);
        return null;
    }
}
