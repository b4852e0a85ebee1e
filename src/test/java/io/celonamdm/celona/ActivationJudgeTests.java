package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationJudgeTests {

    private static final Iccid ICCID = Iccid.of("89105212033100003477");
    private static final OpCode BOTH = OpCode.ACTIVATE_AND_DG_ASSIGN;
    private static final Part OK = new Part.Ok();
    private static final Part MISSING = new Part.Missing();
    private static final Part NOT_ASKED = new Part.NotAsked();
    private static final Earlier SAME_CALL = new Earlier(true, true);
    private static final Verdict DONE = new Verdict.Done(List.of());

    @Test
    void allThatWasAskedForIsDone() {
        assertThat(judge(OK, OK, OK, BOTH, Earlier.NOTHING)).isEqualTo(DONE);
        assertThat(judge(OK, NOT_ASKED, NOT_ASKED, BOTH, Earlier.NOTHING)).isEqualTo(DONE);
        assertThat(judge(NOT_ASKED, NOT_ASKED, OK, OpCode.DG_ASSIGN, Earlier.NOTHING))
                .isEqualTo(DONE);
    }

    @Test
    void aNameThatWasNotAppliedIsAWarning() {
        Verdict warned = new Verdict.Done(List.of(ReasonCode.NAME_NOT_APPLIED));

        assertThat(judge(OK, MISSING, OK, BOTH, Earlier.NOTHING)).isEqualTo(warned);
        assertThat(judge(OK, failed(ReasonCode.OTHER), OK, BOTH, Earlier.NOTHING))
                .isEqualTo(warned);
    }

    @Test
    void notProvisionedIsWaitedForUnlessAnEarlierCallExplainsIt() {
        Part notProvisioned = failed(ReasonCode.NOT_PROVISIONED);

        assertThat(judge(notProvisioned, MISSING, NOT_ASKED, OpCode.ACTIVATE, Earlier.NOTHING))
                .isEqualTo(new Verdict.Later(ReasonCode.NOT_PROVISIONED, "why"));
        assertThat(judge(notProvisioned, MISSING, NOT_ASKED, OpCode.ACTIVATE, new Earlier(true, false)))
                .isEqualTo(DONE);
        assertThat(judge(notProvisioned, MISSING, MISSING, BOTH, new Earlier(false, true)))
                .isEqualTo(new Verdict.Later(ReasonCode.NOT_PROVISIONED, "why"));
    }

    @Test
    void alreadyInAGroupIsDoneOnlyIfAnEarlierCallExplainsIt() {
        Part already = failed(ReasonCode.ALREADY_IN_GROUP);

        assertThat(judge(OK, OK, already, BOTH, new Earlier(true, false)))
                .isEqualTo(new Verdict.Dead(ReasonCode.GROUP_UNKNOWN, "why", OpCode.DG_ASSIGN));
        assertThat(judge(OK, OK, already, BOTH, new Earlier(false, true))).isEqualTo(DONE);
        assertThat(judge(NOT_ASKED, NOT_ASKED, already, OpCode.DG_ASSIGN, new Earlier(false, true)))
                .isEqualTo(DONE);
    }

    @Test
    void aRepeatedCallIsDoneIfBothAnswersSaySo() {
        assertThat(judge(
                        failed(ReasonCode.NOT_PROVISIONED),
                        MISSING,
                        failed(ReasonCode.ALREADY_IN_GROUP),
                        BOTH,
                        SAME_CALL))
                .isEqualTo(DONE);
    }

    /** The first call may have activated the eSIM and failed at its group; the second one does not say. */
    @Test
    void aRepeatedCallThatDoesNotMentionTheGroupIsRedrivenForTheGroupAlone() {
        assertThat(judge(failed(ReasonCode.NOT_PROVISIONED), MISSING, MISSING, BOTH, SAME_CALL))
                .isEqualTo(new Verdict.Dead(ReasonCode.UNACCOUNTED, "in no list of Celona's answer", OpCode.DG_ASSIGN));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonCode.class,
            names = {"UNKNOWN_ICCID", "CORRUPT_RECORD", "SIMLOCK_INVALID", "DUPLICATE", "OTHER"})
    void aFailedActivationIsDead(ReasonCode code) {
        assertThat(judge(failed(code), MISSING, OK, BOTH, SAME_CALL)).isEqualTo(new Verdict.Dead(code, "why", null));
    }

    @Test
    void aMissingActivationIsUnaccounted() {
        assertThat(judge(MISSING, MISSING, MISSING, BOTH, SAME_CALL))
                .isEqualTo(new Verdict.Dead(ReasonCode.UNACCOUNTED, "in no list of Celona's answer", null));
    }

    @Test
    void activeButNotGroupedIsRedrivenForTheGroupAlone() {
        assertThat(judge(OK, OK, failed(ReasonCode.DG_NOT_FOUND), BOTH, Earlier.NOTHING))
                .isEqualTo(new Verdict.Dead(ReasonCode.DG_NOT_FOUND, "why", OpCode.DG_ASSIGN));
        assertThat(judge(OK, OK, MISSING, BOTH, Earlier.NOTHING))
                .isEqualTo(new Verdict.Dead(ReasonCode.UNACCOUNTED, "in no list of Celona's answer", OpCode.DG_ASSIGN));
    }

    @Test
    void aGroupCannotWaitForAnActivationThatIsDone() {
        Part notProvisioned = failed(ReasonCode.NOT_PROVISIONED);

        assertThat(judge(OK, OK, notProvisioned, BOTH, Earlier.NOTHING))
                .isEqualTo(new Verdict.Dead(ReasonCode.NOT_PROVISIONED, "why", OpCode.DG_ASSIGN));
        assertThat(judge(NOT_ASKED, NOT_ASKED, notProvisioned, OpCode.DG_ASSIGN, Earlier.NOTHING))
                .isEqualTo(new Verdict.Later(ReasonCode.NOT_PROVISIONED, "why"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonCode.class,
            names = {"SIMLOCK_UNSUPPORTED", "LOCK_REQUIRED"})
    void aReasonInTheAccountIsNoDeadLetter(ReasonCode code) {
        Verdict problem = new Verdict.AccountProblem(code, "why");

        assertThat(judge(failed(code), MISSING, MISSING, BOTH, Earlier.NOTHING)).isEqualTo(problem);
        assertThat(judge(OK, OK, failed(code), BOTH, Earlier.NOTHING)).isEqualTo(problem);
    }

    private static Verdict judge(Part activation, Part name, Part group, OpCode op, Earlier earlier) {
        return new ActivationJudge().judge(new ActivationResult(ICCID, activation, name, group), op, earlier);
    }

    private static Part failed(ReasonCode code) {
        return new Part.Failed(code, "why");
    }
}
