package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusAnswerTests {

    private static final List<String> FAILURE_WORDS = List.of("FAILED", "ERROR", "not allowed");
    private static final List<String> POOL_WORDS = List.of("no available esim", "pool exhausted");
    private static final Eid EID = Eid.of("89049032123451234512345678901235");
    private static final Iccid ICCID = Iccid.of("89105212033100003474");

    @Test
    void readsTheSampleRun() {
        StatusAnswer answer = StatusAnswer.of(Samples.answer("eid-status-success"), FAILURE_WORDS, POOL_WORDS);

        assertThat(answer.of(EID)).isEqualTo(new Status.Succeeded(ICCID));
    }

    @Test
    void aMissingEidIsPending() {
        StatusAnswer answer = StatusAnswer.of(Samples.answer("eid-status-success"), FAILURE_WORDS, POOL_WORDS);

        assertThat(answer.of(Eid.of("89086030202200000022000023022943"))).isEqualTo(new Status.Pending(""));
        assertThat(StatusAnswer.of(Samples.envelope("{\"success\":true,\"data\":null}"), FAILURE_WORDS, POOL_WORDS)
                        .of(EID))
                .isEqualTo(new Status.Pending(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"n/a\"", "\"8910\""})
    void successWithoutAUsableIccidIsPending(String iccid) {
        assertThat(status("\"success\"", iccid)).isEqualTo(new Status.Pending("SUCCESS without ICCID"));
    }

    @Test
    void theWordIsReadInAnyCase() {
        assertThat(status("\" Success \"", "\"89105212033100003474F\"")).isEqualTo(new Status.Succeeded(ICCID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FAILED", "failed", "FAILED: duplicate", "ASSIGN_FAILED", "Internal error.", "Not allowed (7)"})
    void aFailureWordIsTheWholeStatusOrAWordInIt(String word) {
        assertThat(status("\"" + word + "\"", "null")).isEqualTo(new Status.Failed(word));
    }

    @ParameterizedTest
    @CsvSource({"IN_PROGRESS", "PENDING", "SUCCESSFUL?", "UNFAILED", "allowed", "ERRORS"})
    void anyOtherWordIsPending(String word) {
        assertThat(status("\"" + word + "\"", "\"89105212033100003474\"")).isEqualTo(new Status.Pending(word));
    }

    @Test
    void aStatusThatIsMissingOrNoTextIsPending() {
        assertThat(status("null", "null")).isEqualTo(new Status.Pending(""));
        assertThat(status("3", "null")).isEqualTo(new Status.Pending("3"));
    }

    @Test
    void aFailureCarriesItsReason() {
        assertThat(StatusAnswer.of(
                                Samples.envelope("{\"success\":true,\"data\":{\"configs\":[{\"eid\":\"" + EID.value()
                                        + "\",\"status\":\"FAILED\",\"reason\":\"EID in use\"}]}}"),
                                FAILURE_WORDS,
                                POOL_WORDS)
                        .of(EID))
                .isEqualTo(new Status.Failed("FAILED: EID in use"));
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, No available eSIMs",
        "NO_AVAILABLE_ESIM, ''",
        "Pool-exhausted, ''",
        "'', no  available ESIMs for this customer",
        "REJECTED, pool exhausted"
    })
    void theWordsOfAnEmptyPoolAreReadInTheStatusAndBesideIt(String word, String reason) {
        assertThat(statusWith(word, reason)).isInstanceOf(Status.OutOfStock.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "in progress", "IN_PROGRESS", "Queued"})
    void anAssignmentThatGoesOnIsNotGivenUpForAnEmptyPool(String word) {
        assertThat(statusWith(word, "no available eSIM yet")).isEqualTo(new Status.Pending(word));
    }

    private static Status statusWith(String word, String reason) {
        String config = "{\"eid\":\"%s\",\"status\":\"%s\",\"reason\":\"%s\"}".formatted(EID.value(), word, reason);
        return StatusAnswer.of(answer(config), FAILURE_WORDS, POOL_WORDS).of(EID);
    }

    @Test
    void anEsimThatWasGivenStaysGiven() {
        String given = config("\"SUCCESS\"", "\"89105212033100003474\"");
        String failed = config("\"FAILED\"", "null");

        for (String configs : List.of(given + "," + failed, failed + "," + given)) {
            assertThat(StatusAnswer.of(answer(configs), FAILURE_WORDS, POOL_WORDS)
                            .of(EID))
                    .isEqualTo(new Status.Succeeded(ICCID));
        }
    }

    @Test
    void ofTwoGivenEsimsNeitherIsBelieved() {
        String one = config("\"SUCCESS\"", "\"89105212033100003474\"");
        String other = config("\"SUCCESS\"", "\"89105212033100003482\"");
        String failed = config("\"FAILED\"", "null");

        for (String configs :
                List.of(one + "," + other, other + "," + one + "," + other, failed + "," + one + "," + other)) {
            assertThat(StatusAnswer.of(answer(configs), FAILURE_WORDS, POOL_WORDS)
                            .of(EID))
                    .isEqualTo(new Status.Pending(
                            "SUCCESS with several ICCIDs: 89105212033100003474, 89105212033100003482"));
        }
        assertThat(StatusAnswer.of(answer(one + "," + one), FAILURE_WORDS, POOL_WORDS)
                        .of(EID))
                .isEqualTo(new Status.Succeeded(ICCID));
    }

    @Test
    void anAssignmentThatMayStillSucceedHasNotFailed() {
        String pending = config("\"PENDING\"", "null");
        String failed = config("\"FAILED\"", "null");
        String empty = config("\"pool exhausted\"", "null");

        for (String configs : List.of(pending + "," + failed, failed + "," + pending, empty + "," + pending)) {
            assertThat(StatusAnswer.of(answer(configs), FAILURE_WORDS, POOL_WORDS)
                            .of(EID))
                    .isEqualTo(new Status.Pending("PENDING"));
        }
    }

    @Test
    void recordsThatCannotBeReadAreLeftOut() {
        String given = config("\"SUCCESS\"", "\"89105212033100003474\"");

        assertThat(StatusAnswer.of(answer("null,7,{},{\"eid\":\"x\"}," + given), FAILURE_WORDS, POOL_WORDS)
                        .of(EID))
                .isEqualTo(new Status.Succeeded(ICCID));
    }

    @Test
    void configsThatAreNoListAreUnreadable() {
        Envelope envelope = Samples.envelope("{\"success\":true,\"data\":{\"configs\":{}}}");

        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> StatusAnswer.of(envelope, FAILURE_WORDS, POOL_WORDS))
                .withMessageContaining("a list called configs");
    }

    @Test
    void anUnknownRequestIdIsARefusal() {
        Envelope envelope = Samples.envelope("{\"success\":false,\"code\":404,\"error\":\"request not found\"}");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> StatusAnswer.of(envelope, FAILURE_WORDS, POOL_WORDS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(404));
    }

    private static Status status(String status, String iccid) {
        return StatusAnswer.of(answer(config(status, iccid)), FAILURE_WORDS, POOL_WORDS)
                .of(EID);
    }

    private static String config(String status, String iccid) {
        return "{\"eid\":\"%s\",\"iccid\":%s,\"name\":\"a\",\"status\":%s}".formatted(EID.value(), iccid, status);
    }

    private static Envelope answer(String configs) {
        return Samples.envelope(
                "{\"code\":200,\"success\":true,\"error\":\"\",\"data\":{\"configs\":[" + configs + "]}}");
    }
}
