package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads each answer in the document as the text beside it says. */
class ActivationSamplesTests {

    private static final List<Column> FOUR_COLUMNS = OpCode.ACTIVATE_AND_DG_ASSIGN.columns();

    private final ActivationJudge judge = new ActivationJudge();

    /** The sample echoes names of ICCIDs that were not sent, and none of those that were. */
    @Test
    void activationAndGroupSucceedAndTheNamesAreNotApplied() {
        ActivationAnswer answer = read("activate-and-dg-assign", OpCode.ACTIVATE_AND_DG_ASSIGN, FOUR_COLUMNS);

        assertThat(answer.unknownIccids()).containsExactly("89105212033100003474", "89105212033100003476");
        assertThat(answer.results())
                .hasSize(3)
                .allSatisfy(result -> assertThat(result)
                        .usingRecursiveComparison()
                        .ignoringFields("iccid")
                        .isEqualTo(new ActivationResult(
                                result.iccid(), new Part.Ok(), new Part.Missing(), new Part.Ok())));
        assertThat(verdicts(answer, OpCode.ACTIVATE_AND_DG_ASSIGN))
                .containsOnly(new Verdict.Done(List.of(ReasonCode.NAME_NOT_APPLIED)));
    }

    @Test
    void activationSucceedsAndOneNameIsSilentlyLeftOut() {
        ActivationAnswer answer = read("activate", OpCode.ACTIVATE, FOUR_COLUMNS);

        assertThat(verdicts(answer, OpCode.ACTIVATE))
                .containsExactly(
                        new Verdict.Done(List.of()),
                        new Verdict.Done(List.of(ReasonCode.NAME_NOT_APPLIED)),
                        new Verdict.Done(List.of()));
        assertThat(answer.results()).extracting(ActivationResult::group).containsOnly(new Part.NotAsked());
    }

    @Test
    void groupAssignmentSucceeds() {
        ActivationAnswer answer = read("dg-assign", OpCode.DG_ASSIGN, OpCode.DG_ASSIGN.columns());

        assertThat(verdicts(answer, OpCode.DG_ASSIGN)).containsOnly(new Verdict.Done(List.of()));
        assertThat(answer.results()).extracting(ActivationResult::activation).containsOnly(new Part.NotAsked());
        assertThat(answer.results()).extracting(ActivationResult::name).containsOnly(new Part.NotAsked());
    }

    /** The sample's ICCID has four digits too many, which its answer drops. */
    @Test
    void aCorruptRecordIsMatchedToItsRow() {
        ActivationAnswer answer = ActivationAnswer.of(
                Samples.answer("corrupt-record"),
                OpCode.ACTIVATE_AND_DG_ASSIGN,
                Samples.rows("8910521203310000347", "89105212033100003477", "89105212033100003478"));

        assertThat(verdicts(answer, OpCode.ACTIVATE_AND_DG_ASSIGN))
                .containsExactly(
                        new Verdict.Dead(ReasonCode.UNACCOUNTED, "in no list of Celona's answer", null),
                        new Verdict.Dead(ReasonCode.CORRUPT_RECORD, "Corrupted Record", null),
                        new Verdict.Dead(ReasonCode.UNACCOUNTED, "in no list of Celona's answer", null));
        assertThat(answer.unmatchedRecords()).isEmpty();
    }

    @Test
    void theFirstOfTwoEqualRecordsIsProcessed() {
        ActivationAnswer answer = read("duplicate-iccid", OpCode.ACTIVATE_AND_DG_ASSIGN, FOUR_COLUMNS);

        assertThat(verdicts(answer, OpCode.ACTIVATE_AND_DG_ASSIGN)).containsOnly(new Verdict.Done(List.of()));
    }

    @Test
    void variousErrorsInDeviceActivation() {
        ActivationAnswer answer = read("activation-errors", OpCode.ACTIVATE, FOUR_COLUMNS);
        Verdict unaccounted = new Verdict.Dead(ReasonCode.UNACCOUNTED, "in no list of Celona's answer", null);

        assertThat(verdicts(answer, OpCode.ACTIVATE))
                .containsExactly(
                        unaccounted,
                        unaccounted,
                        new Verdict.Done(List.of()),
                        new Verdict.Dead(ReasonCode.UNKNOWN_ICCID, "No IMSI records found for the given ICCIDs", null),
                        unaccounted,
                        new Verdict.Later(
                                ReasonCode.NOT_PROVISIONED,
                                "ICCID status needs to be 'Provisioned' for activation, following ICCIDs are not"
                                        + " provisioned"));
    }

    @Test
    void errorsInDeviceGroupAssignment() {
        ActivationAnswer answer = read("dg-assign-errors", OpCode.DG_ASSIGN, FOUR_COLUMNS);

        assertThat(verdicts(answer, OpCode.DG_ASSIGN))
                .containsExactly(
                        new Verdict.Done(List.of()),
                        new Verdict.Dead(ReasonCode.DG_NOT_FOUND, "Device group: new1 doesn't exist", OpCode.DG_ASSIGN),
                        new Verdict.Dead(
                                ReasonCode.UNKNOWN_ICCID,
                                "No IMSI records found for the given ICCIDs",
                                OpCode.DG_ASSIGN),
                        new Verdict.Dead(
                                ReasonCode.GROUP_UNKNOWN,
                                "Devices already are assigned to a Device Group, please reassign them first",
                                OpCode.DG_ASSIGN));
    }

    private static ActivationAnswer read(String sample, OpCode op, List<Column> columns) {
        return ActivationAnswer.of(Samples.answer(sample), op, Samples.sent(sample, columns));
    }

    private List<Verdict> verdicts(ActivationAnswer answer, OpCode op) {
        return answer.results().stream()
                .map(result -> judge.judge(result, op, Earlier.NOTHING))
                .toList();
    }
}
