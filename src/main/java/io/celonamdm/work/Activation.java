package io.celonamdm.work;

import io.celonamdm.celona.ActivationAnswer;
import io.celonamdm.celona.ActivationCsv;
import io.celonamdm.celona.ActivationRow;
import io.celonamdm.celona.Column;
import io.celonamdm.celona.Envelope;
import io.celonamdm.celona.OpCode;
import io.celonamdm.celona.SimLock;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.BatchParts;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Device;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.Journal;
import io.celonamdm.ledger.Journal.Line;
import io.celonamdm.ledger.OutlastsOutages;
import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.sync.AdmissionRules;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The step ACTIVATE: eSIMs are activated, named and grouped by activation-from-file. */
@Component
public class Activation {
    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);
    private static final String PROBED =
            "the phone was told to fetch an eSIM; if there is one, the inventory shows it after its next update";

    private final Devices devices;
    private final Journal journal;
    private final BatchParts parts;
    private final Naming naming;
    private final ActivationVerdicts verdicts;
    private final Endings endings;

    Activation(
            Devices devices,
            Journal journal,
            BatchParts parts,
            Naming naming,
            ActivationVerdicts verdicts,
            Endings endings) {
        this.devices = devices;
        this.journal = journal;
        this.parts = parts;
        this.naming = naming;
        this.verdicts = verdicts;
        this.endings = endings;
    }

    /**
     * Journals the call that is about to be made.
     *
     * @return the journal entry with the rows of its CSV; without a row, nothing is to be sent
     */
    @Transactional
    public Call intend(@ExchangeProperty("work") Work work) {
        Sync sync = work.sync();
        OpCode op = DueWork.opCode(sync, work.devices().get(0));
        List<Device> sent = new ArrayList<>();
        List<DeadLetter> dead = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<ActivationRow> rows = new ArrayList<>();
        naming.begin(sync);
        for (Device device : work.devices()) {
            Iccid iccid = device.iccid();
            if (iccid == null) {
                devices.doubt(List.of(device.id()), ReasonCode.ASSIGN_IN_DOUBT, PROBED);
                continue;
            }
            Optional<String> group = sync.groups().of(device.mdm());
            if (op.groups() && group.isEmpty()) {
                devices.hold(List.of(device.id()), ReasonCode.NO_GROUP, AdmissionRules.NO_GROUP);
                continue;
            }
            String name = naming.nameOf(sync, device);
            String joined = op.groups() ? group.orElse("") : "";
            try {
                SimLock lock = sync.simLock(device.mdm());
                rows.add(new ActivationRow(iccid, name, joined, lock));
            } catch (InvalidValue e) {
                dead.addAll(endings.dead(sync, device, ReasonCode.SIMLOCK_INVALID, String.valueOf(e.getMessage())));
                continue;
            }
            devices.called(device.id(), name, joined);
            sent.add(device);
            lines.add(new Line(device, name, joined));
        }
        if (sent.isEmpty()) {
            return Call.withoutAny(dead);
        }
        CelonaSettings celona = sync.celona();
        List<Column> columns = celona.columns().getOrDefault(op, op.columns());
        long entry = journal.intend(sync.name(), work.run(), Step.ACTIVATE, op, lines);
        return new Call(entry, ActivationCsv.rows(op, columns, celona.clusterName(), rows), op, rows, sent, dead);
    }

    /**
     * Moves each device on by what the answer says of it.
     *
     * @return the dead letters
     */
    @OutlastsOutages
    @Transactional
    public List<DeadLetter> answered(
            @ExchangeProperty("work") Work work, @ExchangeProperty("call") Call call, @Body Object answer) {
        OpCode op = Objects.requireNonNull(call.op());
        ActivationAnswer results = ActivationAnswer.of(Envelope.of(answer), op, call.activations());
        if (!journal.answered(call.entry(), null, null, Json.write(answer))) {
            // the devices have gone on without this answer
            return List.of();
        }
        parts.leave(Call.ids(work, call));
        if (!results.unknownIccids().isEmpty()) {
            LOG.warn(
                    "activation-from-file answered about {} ICCIDs that were not sent",
                    results.unknownIccids().size());
        }
        results.unmatchedRecords()
                .forEach(unmatched -> LOG.warn("activation-from-file named a record that fits no row: {}", unmatched));
        List<DeadLetter> dead = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            dead.addAll(verdicts.settle(work.sync(), call, i, results.results().get(i)));
        }
        return dead;
    }
}
