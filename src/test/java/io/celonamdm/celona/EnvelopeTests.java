package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTests {

    @Test
    void readsTheKindOfAssignEid() {
        assertThat(Samples.answer("assign-accepted"))
                .isEqualTo(new Envelope(
                        true,
                        202,
                        "",
                        Fields.of(Map.of(
                                "request_id",
                                "d3de3a94-5107-4c9e-a2e7-6f2b8c1d4e57",
                                "server_url",
                                "https://sm-v4-072-d-gtm.pr.go-esim.com"))));
    }

    @Test
    void readsTheKindOfActivationFromFile() {
        Envelope envelope = Samples.answer("dg-assign");

        assertThat(envelope.success()).isTrue();
        assertThat(envelope.code()).isEqualTo(200);
        assertThat(envelope.error()).isEmpty();
        assertThat(envelope.data().requiredList("successful_devices")).isNotEmpty();
        assertThat(envelope.data().has("failed_devices")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":403,\"data\":null,\"error\":\"key expired\",\"success\":false}",
                "{\"code\":\"403\",\"error\":\" key expired\",\"success\":\"False\"}",
                "{\"code\":403.0,\"data\":\"none\",\"error\":\"key expired\",\"success\":false,\"more\":1}",
                "{\"data\":[],\"responseMeta\":{\"code\":403,\"error\":\"key expired\",\"success\":false}}"
            })
    void readsRefusalsWhoseTypesChanged(String json) {
        assertThat(Samples.envelope(json)).isEqualTo(new Envelope(false, 403, "key expired", Fields.of(null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":200,\"data\":null,\"error\":null,\"success\":true}",
                "{\"code\":200,\"success\":true}",
                "{\"code\":null,\"data\":{},\"success\":\"true\"}",
                "{\"code\":\"OK\",\"data\":{},\"success\":true}"
            })
    void whatIsMissingIsEmpty(String json) {
        Envelope envelope = Samples.envelope(json);

        assertThat(envelope.success()).isTrue();
        assertThat(envelope.error()).isEmpty();
        assertThat(envelope.data().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "42",
                "\"<!doctype html><html>\"",
                "{\"message\":\"Forbidden\"}",
                "{\"success\":null}",
                "{\"success\":\"maybe\",\"data\":{}}",
                "{\"success\":true,\"data\":[1]}",
                "{\"success\":true,\"data\":\"text\"}",
                "{\"data\":{},\"responseMeta\":null}",
                "{\"data\":{},\"responseMeta\":[]}"
            })
    void anythingElseIsUnreadable(String json) {
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> Samples.envelope(json))
                .withMessageStartingWith("expected an object with success, code, error and data, but got: ");
    }

    @Test
    void theMessageHasTheBeginningOfWhatCameOnOneLine() {
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> Envelope.of("<html>\r\n" + "x".repeat(10_000)))
                .withMessageContaining("<html> xxx")
                .withMessageEndingWith("x…")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> Envelope.of(null))
                .withMessageContaining("null");
    }

    @Test
    void theDataCannotBeChanged() {
        assertThat(Envelope.of(Map.of("success", true, "data", Map.of("a", List.of())))
                        .data()
                        .map())
                .isUnmodifiable();
    }
}
