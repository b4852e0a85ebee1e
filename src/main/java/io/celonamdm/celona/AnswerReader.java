package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;
import io.celonamdm.json.Fields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the results of each sent eSIM from the lists of an answer. */
final class AnswerReader {

    private final OpCode op;
    private final List<ActivationRow> sent;
    private final SentRows sentRows;
    private final Map<Iccid, Map<Action, Part>> said = new HashMap<>();
    private final Map<Iccid, Part.Failed> unreadRows = new HashMap<>();
    private final List<Part.Failed> aboutAll = new ArrayList<>();
    private final List<String> unmatchedRecords = new ArrayList<>();
    private final List<String> unknownIccids = new ArrayList<>();

    AnswerReader(OpCode op, List<ActivationRow> sent) {
        this.op = op;
        this.sent = sent;
        this.sentRows = new SentRows(sent);
    }

    void success(Fields group) {
        Action action = Action.of(group.anyText("action"));
        for (String echoed : group.requiredTexts("iccids")) {
            sentRows.byIccid(echoed)
                    .ifPresentOrElse(iccid -> says(iccid, action, new Part.Ok()), () -> unknownIccids.add(echoed));
        }
    }

    void failure(Fields group) {
        String reason = group.anyText("reason");
        Part.Failed failed = new Part.Failed(Reasons.classify(reason), reason);
        Action action = Action.of(group.anyText("action"));
        List<String> iccids = group.requiredTexts("iccids");
        List<String> records = group.requiredTexts("file_records");
        for (String echoed : iccids) {
            sentRows.byIccid(echoed)
                    .ifPresentOrElse(iccid -> fails(iccid, action, failed), () -> unknownIccids.add(echoed));
        }
        for (String text : records) {
            sentRows.byRecord(text)
                    .ifPresentOrElse(iccid -> unreadRows.put(iccid, failed), () -> unmatchedRecords.add(text));
        }
        if (iccids.isEmpty() && records.isEmpty() && Reasons.accountWide(failed.code())) {
            aboutAll.add(failed);
        }
    }

    ActivationAnswer answer() {
        return new ActivationAnswer(sent.stream().map(this::result).toList(), unmatchedRecords, unknownIccids);
    }

    private void fails(Iccid iccid, Action action, Part.Failed failed) {
        if (action == Action.FILE_IO) {
            unreadRows.put(iccid, failed);
        } else {
            says(iccid, action == Action.UNKNOWN ? mainAction() : action, failed);
        }
    }

    /** A failure outweighs a success: a device is not done while Celona reports a problem with it. */
    private void says(Iccid iccid, Action action, Part part) {
        said.computeIfAbsent(iccid, key -> new EnumMap<>(Action.class))
                .merge(action, part, (before, now) -> before instanceof Part.Failed ? before : now);
    }

    /** The parts that a failure of an undocumented action affects. */
    private Action mainAction() {
        return op.activates() ? Action.DEVICE_ACTIVATION : Action.DEVICE_GROUP_ASSIGNMENT;
    }

    private ActivationResult result(ActivationRow row) {
        Part unsaid = unsaid(row.iccid());
        boolean defaultGroup = op.activates() && row.group().isEmpty() && unsaid instanceof Part.Missing;
        return new ActivationResult(
                row.iccid(),
                part(row, Action.DEVICE_ACTIVATION, op.activates(), unsaid),
                part(
                        row,
                        Action.DEVICE_NAME_UPDATE,
                        op.activates() && !row.name().isEmpty(),
                        unsaid),
                part(row, Action.DEVICE_GROUP_ASSIGNMENT, op.groups(), defaultGroup ? new Part.NotAsked() : unsaid));
    }

    private Part part(ActivationRow row, Action action, boolean asked, Part unsaid) {
        return asked ? said.getOrDefault(row.iccid(), Map.of()).getOrDefault(action, unsaid) : new Part.NotAsked();
    }

    /**
     * The result of a part that no list names. A row that Celona could not read counts only if no list names its eSIM:
     * of repeated rows, Celona processed the first.
     */
    private Part unsaid(Iccid iccid) {
        if (said.containsKey(iccid)) {
            return new Part.Missing();
        }
        Part.Failed unread = unreadRows.get(iccid);
        if (unread != null) {
            return unread;
        }
        return aboutAll.isEmpty() ? new Part.Missing() : aboutAll.get(0);
    }
}
