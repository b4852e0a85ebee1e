package io.celonamdm.celona;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;

/**
 * The answer of activation-from-file. Failures of single devices come with {@code success: true}, and some devices
 * appear in no list at all.
 *
 * @param results one result per sent row, in the order of the rows
 * @param unmatchedRecords CSV rows in the answer that match no sent row
 * @param unknownIccids ICCIDs in the answer that were not sent, as the answer spells them
 */
public record ActivationAnswer(
        List<ActivationResult> results, List<String> unmatchedRecords, List<String> unknownIccids) {

    /** Copies the lists. */
    public ActivationAnswer {
        results = List.copyOf(results);
        unmatchedRecords = List.copyOf(unmatchedRecords);
        unknownIccids = List.copyOf(unknownIccids);
    }

    /**
     * Reads the answer.
     *
     * @param op what was requested
     * @param sent the rows of the CSV
     * @throws Refused if Celona refused the CSV as a whole
     * @throws UnreadableAnswer if an expected list is something else
     */
    public static ActivationAnswer of(Envelope envelope, OpCode op, List<ActivationRow> sent) {
        Fields data = envelope.accepted();
        AnswerReader reader = new AnswerReader(op, sent);
        data.requiredList("successful_devices").forEach(reader::success);
        data.requiredList("failed_devices").forEach(reader::failure);
        return reader.answer();
    }
}
