package io.celonamdm.work;

import io.celonamdm.celona.ActivationAnswer;
import io.celonamdm.celona.ActivationCsv;
import io.celonamdm.celona.ActivationResult;
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
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.device.BatchParts;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.device.Journal.Line;
import io.celonamdm.planning.AdmissionRules;
import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import io.celonamdm.work.call.ActivationCall;
import io.celonamdm.work.call.ActivationCall.Item;
import io.celonamdm.work.call.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The step ACTIVATE: activates, names and groups eSIMs with activation-from-file. */
@Component
public class Activation {
    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);
    private static final String PROBED =
            "the phone was told to fetch an eSIM; if there is one, the inventory shows it after its next update";

    private final DeviceTransitions transitions;
    private final Journal journal;
    private final BatchParts parts;
    private final Naming naming;
    private final ActivationVerdicts verdicts;
    private final DeviceCompletion completion;

    Activation(
            DeviceTransitions transitions,
            Journal journal,
            BatchParts parts,
            Naming naming,
            ActivationVerdicts verdicts,
            DeviceCompletion completion) {
        this.transitions = transitions;
        this.journal = journal;
        this.parts = parts;
        this.naming = naming;
        this.verdicts = verdicts;
        this.completion = completion;
    }

    /**
     * Journals the call that is about to be made.
     *
     * @return the call, if any device is left for it, and the dead letters of the others
     */
    @Transactional
    public Prepared intend(@ExchangeProperty("work") Work work) {
        Sync sync = work.sync();
        OpCode op = DueWork.opCode(sync, work.devices().get(0));
        List<Item> items = new ArrayList<>();
        List<DeadLetter> dead = new ArrayList<>();
        Naming.Batch names = naming.begin(sync, work.devices());
        for (Device device : work.devices()) {
            Iccid iccid = device.iccid();
            if (iccid == null) {
                transitions.putInDoubt(List.of(device.id()), ReasonCode.ASSIGN_IN_DOUBT, PROBED);
                continue;
            }
            Optional<String> group = sync.groups().of(device.mdm());
            if (op.groups() && group.isEmpty()) {
                transitions.hold(List.of(device.id()), ReasonCode.NO_GROUP, AdmissionRules.NO_GROUP);
                continue;
            }
            String joined = op.groups() ? group.orElse("") : "";
            SimLock lock;
            try {
                lock = sync.simLock(device.mdm());
            } catch (InvalidValue e) {
                dead.addAll(completion.dead(sync, device, ReasonCode.SIMLOCK_INVALID, String.valueOf(e.getMessage())));
                continue;
            }
            String name = names.nameOf(device, joined);
            items.add(new Item(device, new ActivationRow(iccid, name, joined, lock)));
        }
        if (items.isEmpty()) {
            return new Prepared(null, dead);
        }
        CelonaSettings celona = sync.celona();
        List<Column> columns = celona.columns().getOrDefault(op, op.columns());
        List<ActivationRow> rows = items.stream().map(Item::row).toList();
        List<Line> lines = items.stream()
                .map(item ->
                        new Line(item.device(), item.row().name(), item.row().group()))
                .toList();
        long entry = journal.intend(sync.name(), work.run(), Step.ACTIVATE, op, lines);
        List<List<String>> csv = ActivationCsv.rows(op, columns, celona.clusterName(), rows);
        return new Prepared(new ActivationCall(entry, op, items, csv), dead);
    }

    /**
     * Advances each device according to its part of the answer.
     *
     * @return the dead letters
     */
    @OutlastsOutages
    @Transactional
    public List<DeadLetter> answered(
            @ExchangeProperty("work") Work work, @ExchangeProperty("call") ActivationCall call, @Body Object answer) {
        List<ActivationRow> rows = call.items().stream().map(Item::row).toList();
        ActivationAnswer results = ActivationAnswer.of(Envelope.of(answer), call.op(), rows);
        if (!journal.answered(call.entry(), null, null, Json.write(answer))) {
            // the devices have moved on without this answer
            return List.of();
        }
        parts.leave(call.ids());
        if (!results.unknownIccids().isEmpty()) {
            LOG.warn(
                    "activation-from-file answered about {} that no row had",
                    Counted.words(results.unknownIccids().size(), "ICCID"));
        }
        results.unmatchedRecords()
                .forEach(unmatched -> LOG.warn("activation-from-file named a record that fits no row: {}", unmatched));
        // Celona may have assigned one eSIM to two devices: they share its result
        Map<Iccid, ActivationResult> byIccid = results.results().stream()
                .collect(Collectors.toMap(ActivationResult::iccid, Function.identity(), (first, same) -> first));
        return verdicts.settle(work.sync(), call, byIccid);
    }
}
