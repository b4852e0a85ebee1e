package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImeiTests {

    @ParameterizedTest
    @ValueSource(strings = {"490154203237518", "352099001761481", "35 209900 176148-1"})
    void publishedImeisHaveAValidCheckDigit(String imei) {
        assertThat(Imei.of(imei).luhnValid()).isTrue();
    }

    @Test
    void theSampleOfCelonasDocumentIsReadAlthoughItsCheckDigitIsWrong() {
        assertThat(Imei.of("123456789012345").luhnValid()).isFalse();
        assertThat(Imei.of("123456789012347").luhnValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "49015420323751", "4901542032375180", "A0000012345678"})
    void otherLengthsAreRefused(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Imei.of(raw))
                .withMessageContaining("15 digits");
    }
}
