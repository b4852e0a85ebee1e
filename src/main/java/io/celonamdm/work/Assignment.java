package io.celonamdm.work;

import io.celonamdm.celona.AssignAnswer;
import io.celonamdm.celona.AssignCsv;
import io.celonamdm.celona.AssignRow;
import io.celonamdm.celona.Envelope;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.Device;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.Journal;
import io.celonamdm.ledger.Journal.Line;
import io.celonamdm.settings.CelonaSettings.PollSettings;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The step ASSIGN: devices get an eSIM at Celona by assign-eid. */
@Component
public class Assignment {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Devices devices;
    private final Journal journal;
    private final Clock clock;

    Assignment(Devices devices, Journal journal, Clock clock) {
        this.devices = devices;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Journals the call that is about to be made.
     *
     * @return the journal entry with the rows of its CSV; without a row, nothing is to be sent
     */
    @Transactional
    public Call intend(@ExchangeProperty("work") Work work) {
        Sync sync = work.sync();
        List<Device> sent = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<AssignRow> rows = new ArrayList<>();
        for (Device device : work.devices()) {
            Optional<String> group = sync.groups().of(device.mdm());
            if (group.isEmpty()) {
                devices.hold(List.of(device.id()), ReasonCode.NO_GROUP, "no rule of device-groups matches any more");
                continue;
            }
            String name = sync.names().of(device.mdm(), device.eid());
            devices.called(device.id(), name, group.get());
            sent.add(device);
            lines.add(new Line(device, name, group.get()));
            rows.add(new AssignRow(device.eid(), name, device.givenIccid()));
        }
        if (rows.isEmpty()) {
            return Call.NOTHING;
        }
        long entry = journal.intend(sync.name(), work.run(), Step.ASSIGN, null, lines);
        return new Call(entry, AssignCsv.rows(rows), null, List.of(), sent, List.of());
    }

    /** Celona has answered: the outcome is asked for by the request id from now on. */
    @Transactional
    public void answered(
            @ExchangeProperty("work") Work work, @ExchangeProperty("call") Call call, @Body Object answer) {
        AssignAnswer accepted = AssignAnswer.of(Envelope.of(answer));
        if (!journal.answered(call.entry(), accepted.requestId(), accepted.serverUrl(), Json.write(answer))) {
            LOG.warn("a late answer to journal entry {} changes nothing", call.entry());
            return;
        }
        PollSettings poll = work.sync().celona().poll();
        Instant now = clock.instant();
        devices.requested(
                call.devices().stream().map(Device::id).toList(),
                accepted.requestId(),
                address(accepted.serverUrl()),
                now.plus(poll.first()),
                now.plus(poll.deadline()));
        LOG.info("assign-eid took {} devices as request {}", call.size(), accepted.requestId());
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
