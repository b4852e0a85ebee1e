package io.celonamdm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.sync.CodeTexts.CodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTextsTests {
    private final CodeTexts texts = new CodeTexts();

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsText(ReasonCode code) {
        assertThat(texts.of(code.name())).hasValueSatisfying(CodeTextsTests::isPlain);
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeHasItsText(Run.Outcome outcome) {
        assertThat(texts.of(outcome.name(), "night")).hasValueSatisfying(text -> {
            isPlain(text);
            assertThat(text.as()).contains("night");
        });
    }

    private static void isPlain(CodeText text) {
        assertThat(text.meaning()).isNotBlank().doesNotContain("`", "](");
        assertThat(text.todo()).isNotBlank().doesNotContain("`", "](");
    }

    @Test
    void aCodeThatMeansTwoThingsHasTwoTexts() {
        assertThat(texts.of("NOT_PROVISIONED", "waiting")).isNotEqualTo(texts.of("NOT_PROVISIONED", "dead letter"));
    }
}
