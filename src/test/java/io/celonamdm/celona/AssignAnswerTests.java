package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.json.UnreadableAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignAnswerTests {

    @Test
    void readsTheSampleRun() {
        assertThat(AssignAnswer.of(Samples.answer("assign-accepted")))
                .isEqualTo(new AssignAnswer(
                        "d3de3a94-5107-4c9e-a2e7-6f2b8c1d4e57", "https://sm-v4-072-d-gtm.pr.go-esim.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \""})
    void theServerMayBeMissing(String serverUrl) {
        assertThat(AssignAnswer.of(Samples.envelope(
                        "{\"success\":true,\"data\":{\"request_id\":7,\"server_url\":" + serverUrl + "}}")))
                .isEqualTo(new AssignAnswer("7", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"request_id\":null}", "{\"request_id\":\" \"}"})
    void successWithoutARequestIdIsUnreadable(String data) {
        Envelope envelope = Samples.envelope("{\"success\":true,\"code\":202,\"data\":" + data + "}");

        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> AssignAnswer.of(envelope))
                .withMessageContaining("request_id");
    }

    @Test
    void aRefusalThatNamesAnAssignmentLeavesOpenWhatWasDone() {
        Envelope envelope = Samples.envelope(
                "{\"success\":false,\"code\":400,\"error\":\"2 rows are invalid\",\"data\":{\"request_id\":\"r-1\"}}");

        assertThatExceptionOfType(UnreadableAnswer.class).isThrownBy(() -> AssignAnswer.of(envelope));
    }

    @Test
    void aRefusalKeepsCodeAndReason() {
        Envelope envelope =
                Samples.envelope("{\"success\":false,\"code\":400,\"error\":\"no available eSIM\",\"data\":null}");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> AssignAnswer.of(envelope))
                .withMessageContaining("400: no available eSIM")
                .satisfies(e -> assertThat(e.code()).isEqualTo(400))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("no available eSIM"));
    }
}
