package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImeiTests {

    @Test
    void blanksAndHyphensAreLeftOut() {
        assertThat(Imei.of("35 209900 176148-1").value()).isEqualTo("352099001761481");
    }

    @Test
    void theSampleOfCelonasDocumentIsReadAlthoughItsCheckDigitIsWrong() {
        assertThat(Imei.of("123456789012345").value()).isEqualTo("123456789012345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "49015420323751", "4901542032375180", "A0000012345678"})
    void otherLengthsAreRefused(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Imei.of(raw))
                .withMessageContaining("15 digits");
    }
}
