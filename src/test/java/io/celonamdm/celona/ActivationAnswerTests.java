package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationAnswerTests {

    private static final String ONE = "89105212033100003477";
    private static final String TWO = "89105212033100003478";
    private static final OpCode BOTH = OpCode.ACTIVATE_AND_DG_ASSIGN;

    @Test
    void aDeviceInNoListIsMissing() {
        ActivationAnswer answer = read("null", "null", BOTH, ONE);

        assertThat(answer.results())
                .containsExactly(new ActivationResult(
                        Iccid.of(ONE), new Part.Missing(), new Part.Missing(), new Part.Missing()));
    }

    @Test
    void celonasDefaultGroupIsNotAskedForWithAnActivation() {
        List<ActivationRow> sent = List.of(new ActivationRow(Iccid.of(ONE), "", "", null));
        Envelope envelope = envelope(success("DEVICE_ACTIVATION", ONE), "null");

        assertThat(ActivationAnswer.of(envelope, BOTH, sent).results())
                .containsExactly(
                        new ActivationResult(Iccid.of(ONE), new Part.Ok(), new Part.NotAsked(), new Part.NotAsked()));
        assertThat(ActivationAnswer.of(envelope("null", "null"), OpCode.DG_ASSIGN, sent)
                        .results())
                .extracting(ActivationResult::group)
                .containsExactly(new Part.Missing());
    }

    @Test
    void aFailureWithTheDefaultGroupIsAFailure() {
        List<ActivationRow> sent = List.of(new ActivationRow(Iccid.of(ONE), "", "", null));
        String failed = iccids("DEVICE_GROUP_ASSIGNMENT", "Something new", ONE);

        assertThat(ActivationAnswer.of(envelope("null", failed), BOTH, sent).results())
                .extracting(ActivationResult::group)
                .containsExactly(new Part.Failed(ReasonCode.OTHER, "Something new"));
    }

    @Test
    void aFailureOutweighsASuccess() {
        ActivationAnswer answer =
                read(success("DEVICE_ACTIVATION", ONE), iccids("DEVICE_ACTIVATION", "Something new", ONE), BOTH, ONE);

        assertThat(answer.results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Failed(ReasonCode.OTHER, "Something new"));
    }

    @Test
    void aFailureOfAnUndocumentedActionCountsAgainstWhatWasAsked() {
        String failed = iccids("SIM_LOCK", "Invalid Sim Lock Params, all of them", ONE);
        Part expected = new Part.Failed(ReasonCode.SIMLOCK_INVALID, "Invalid Sim Lock Params, all of them");

        assertThat(read(success("DEVICE_ACTIVATION", ONE), failed, BOTH, ONE).results())
                .extracting(ActivationResult::activation)
                .containsExactly(expected);
        assertThat(read("null", failed, OpCode.DG_ASSIGN, ONE).results())
                .extracting(ActivationResult::group)
                .containsExactly(expected);
    }

    @Test
    void aReasonOfTheAccountWithoutIccidsConcernsEachUnnamedDevice() {
        String failed = iccids("DEVICE_ACTIVATION", "DEFAULTLOCKONACTIVATION flag is enabled");

        assertThat(read(success("DEVICE_ACTIVATION", ONE), failed, BOTH, ONE, TWO)
                        .results())
                .extracting(ActivationResult::activation)
                .containsExactly(
                        new Part.Ok(),
                        new Part.Failed(ReasonCode.LOCK_REQUIRED, "DEFAULTLOCKONACTIVATION flag is enabled"));
    }

    @Test
    void anyOtherReasonWithoutIccidsConcernsNobody() {
        String failed = iccids("DEVICE_ACTIVATION", "No IMSI records found for the given ICCIDs");

        assertThat(read("null", failed, BOTH, ONE).results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Missing());
    }

    @Test
    void iccidsThatWereNotSentAreReported() {
        ActivationAnswer answer = read(
                success("DEVICE_ACTIVATION", "89105212033100003999", "what"),
                iccids("DEVICE_NAME_UPDATE", "x", TWO),
                BOTH,
                ONE);

        assertThat(answer.unknownIccids()).containsExactly("89105212033100003999", "what", TWO);
    }

    @Test
    void anEchoMayShowOrHideTheLuhnDigitAndBeANumber() {
        assertThat(read(success("DEVICE_ACTIVATION", "898821100000053008"), "null", BOTH, "8988211000000530082")
                        .results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Ok());
        assertThat(read("[{\"action\":\"device_activation\",\"iccids\":[" + ONE + "]}]", "null", BOTH, ONE)
                        .results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Ok());
    }

    @ParameterizedTest
    @CsvSource({
        "89105212033100003477Cluster123 TestDeviceGroup",
        "891052120331000034772305test123 Crew",
        "'\"89105212033100003477\",Cluster123'",
        "' 89105212033100003477'"
    })
    void anUnreadRowIsMatchedByItsIccid(String record) {
        ActivationAnswer answer = read("null", record(record), BOTH, TWO, ONE);

        assertThat(answer.results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Missing(), new Part.Failed(ReasonCode.CORRUPT_RECORD, "Corrupted Record"));
        assertThat(answer.unmatchedRecords()).isEmpty();
    }

    @Test
    void theLongestSentIccidWins() {
        assertThat(read("null", record(ONE + "Crew"), BOTH, ONE.substring(0, 19), ONE)
                        .results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Missing(), new Part.Failed(ReasonCode.CORRUPT_RECORD, "Corrupted Record"));
    }

    @Test
    void aTruncatedIccidIsMatchedOnlyIfNoOtherStartsLikeIt() {
        String truncated = record("8910521203310000 Cluster");

        assertThat(read("null", truncated, BOTH, ONE, "90105212033100000244").results())
                .extracting(ActivationResult::activation)
                .containsExactly(new Part.Failed(ReasonCode.CORRUPT_RECORD, "Corrupted Record"), new Part.Missing());
        assertThat(read("null", truncated, BOTH, ONE, TWO).unmatchedRecords())
                .containsExactly("8910521203310000 Cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cluster123", "8910", "90105212033100000244 Crew"})
    void aRecordWithoutASentIccidStaysUnmatched(String record) {
        ActivationAnswer answer = read("null", record(record), BOTH, ONE);

        assertThat(answer.unmatchedRecords()).containsExactly(record);
        assertThat(answer.results()).extracting(ActivationResult::activation).containsExactly(new Part.Missing());
    }

    @Test
    void aDuplicateThatNoListNamesIsAFailure() {
        String duplicate = "[{\"action\":\"FILE_IO\",\"file_records\":[\"" + ONE
                + " x\"],\"reason\":\"Duplicate ICCID records in the CSV, 1st occurrence has been processed\"}]";

        assertThat(read("null", duplicate, BOTH, ONE).results())
                .extracting(ActivationResult::activation)
                .allSatisfy(part -> assertThat(part)
                        .isInstanceOfSatisfying(
                                Part.Failed.class,
                                failed -> assertThat(failed.code()).isEqualTo(ReasonCode.DUPLICATE)));
    }

    @Test
    void aRefusalIsThrown() {
        Envelope envelope = Samples.envelope(
                "{\"data\":null,\"responseMeta\":{\"code\":400,\"error\":\"invalid op_code\",\"success\":false}}");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> ActivationAnswer.of(envelope, BOTH, Samples.rows(ONE)))
                .withMessageContaining("invalid op_code");
    }

    @Test
    void listsThatAreNoListsAreUnreadable() {
        assertThatExceptionOfType(UnreadableAnswer.class).isThrownBy(() -> read("\"all\"", "null", BOTH, ONE));
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> read("[{\"action\":\"DEVICE_ACTIVATION\",\"iccids\":\"x\"}]", "null", BOTH, ONE));
    }

    private static ActivationAnswer read(String successful, String failed, OpCode op, String... sent) {
        return ActivationAnswer.of(envelope(successful, failed), op, Samples.rows(sent));
    }

    private static Envelope envelope(String successful, String failed) {
        return Samples.envelope(
                "{\"data\":{\"failed_devices\":%s,\"successful_devices\":%s},\"responseMeta\":{\"code\":200,\"error\":\"\",\"success\":true}}"
                        .formatted(failed, successful));
    }

    private static String success(String action, String... iccids) {
        return iccids(action, "", iccids);
    }

    private static String iccids(String action, String reason, String... iccids) {
        String list = iccids.length == 0 ? "" : "\"" + String.join("\",\"", iccids) + "\"";
        return "[{\"action\":\"%s\",\"iccids\":[%s],\"reason\":\"%s\"}]".formatted(action, list, reason);
    }

    private static String record(String text) {
        return "[{\"action\":\"FILE_IO\",\"file_records\":[\"%s\"],\"reason\":\"Corrupted Record\"}]"
                .formatted(text.replace("\"", "\\\""));
    }
}
