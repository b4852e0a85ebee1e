package io.celonamdm.work;

import io.celonamdm.celona.AssignAnswer;
import io.celonamdm.celona.AssignCsv;
import io.celonamdm.celona.AssignRow;
import io.celonamdm.celona.Envelope;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.device.BatchParts;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.device.Journal.Line;
import io.celonamdm.planning.AdmissionRules;
import io.celonamdm.planning.AdmissionRules.Decision;
import io.celonamdm.planning.IccidClaims;
import io.celonamdm.recovery.LateAnswers;
import io.celonamdm.settings.CelonaSettings.PollSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import io.celonamdm.work.call.AssignCall;
import io.celonamdm.work.call.Prepared;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The step ASSIGN: assigns eSIMs to devices with Celona's assign-eid. */
@Component
public class Assignment {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final DeviceTransitions transitions;
    private final Journal journal;
    private final BatchParts parts;
    private final Naming naming;
    private final AdmissionRules rules;
    private final IccidClaims claims;
    private final LateAnswers lateAnswers;
    private final Clock clock;

    Assignment(
            DeviceTransitions transitions,
            Journal journal,
            BatchParts parts,
            Naming naming,
            AdmissionRules rules,
            IccidClaims claims,
            LateAnswers lateAnswers,
            Clock clock) {
        this.transitions = transitions;
        this.journal = journal;
        this.parts = parts;
        this.naming = naming;
        this.rules = rules;
        this.claims = claims;
        this.lateAnswers = lateAnswers;
        this.clock = clock;
    }

    /**
     * Journals the call that is about to be made.
     *
     * @return the call, if any device is left for it
     */
    @Transactional
    public Prepared intend(@ExchangeProperty("work") Work work) {
        Sync sync = work.sync();
        List<Line> lines = new ArrayList<>();
        Naming.Batch names = naming.begin(sync, work.devices());
        for (Device taken : work.devices()) {
            Optional<Device> served = served(sync, taken);
            if (served.isPresent()) {
                Device device = served.get();
                String group = sync.groups().of(device.mdm()).orElse("");
                lines.add(new Line(device, names.nameOf(device, group), group));
            }
        }
        if (lines.isEmpty()) {
            return Prepared.NOTHING;
        }
        long entry = journal.intend(sync.name(), work.run(), Step.ASSIGN, null, lines);
        List<Device> sent = lines.stream().map(Line::device).toList();
        List<AssignRow> rows = lines.stream().map(Assignment::row).toList();
        return new Prepared(new AssignCall(entry, sent, AssignCsv.rows(rows)), List.of());
    }

    private static AssignRow row(Line line) {
        Device device = line.device();
        return new AssignRow(device.eid(), Objects.requireNonNull(line.name()), device.givenIccid());
    }

    /** The device with the eSIM that the rules now require; empty if they now hold it back. */
    private Optional<Device> served(Sync sync, Device device) {
        Decision decision = rules.of(sync, device.mdm(), device.eid());
        if (decision.code() != null) {
            transitions.hold(List.of(device.id()), decision.code(), decision.reason());
            return Optional.empty();
        }
        if (Objects.equals(decision.given(), device.givenIccid())) {
            return Optional.of(device);
        }
        claims.grant(sync, device.id(), decision.given());
        return Optional.of(device.withGiven(decision.given()));
    }

    /** Records that Celona accepted the call; its request id is polled from now on. */
    @OutlastsOutages
    @Transactional
    public void answered(
            @ExchangeProperty("work") Work work, @ExchangeProperty("call") AssignCall call, @Body Object answer) {
        AssignAnswer accepted = AssignAnswer.of(Envelope.of(answer));
        if (!journal.answered(call.entry(), accepted.requestId(), accepted.serverUrl(), Json.write(answer))) {
            int devicesInDoubt =
                    lateAnswers.take(work.sync(), call.entry(), accepted.requestId(), address(accepted.serverUrl()));
            if (devicesInDoubt > 0) {
                LOG.warn(
                        "a late answer to journal entry {} ends the doubt about {}",
                        call.entry(),
                        Counted.words(devicesInDoubt, "device"));
            }
            return;
        }
        PollSettings poll = work.sync().celona().poll();
        Instant now = clock.instant();
        List<Long> ids = call.ids();
        parts.leave(ids);
        transitions.await(
                ids,
                accepted.requestId(),
                address(accepted.serverUrl()),
                now.plus(poll.first()),
                now.plus(poll.deadline()));
        LOG.info("assign-eid took {} as request {}", Counted.words(ids.size(), "device"), accepted.requestId());
    }

    private static @Nullable SmdpAddress address(@Nullable String serverUrl) {
        try {
            return serverUrl == null ? null : SmdpAddress.of(serverUrl);
        } catch (InvalidValue e) {
            // the step PUSH quarantines the sync before anything is sent to such an address
            LOG.warn("Celona named a server_url that is no SM-DP+ address: {}", e.getMessage());
            return null;
        }
    }
}
