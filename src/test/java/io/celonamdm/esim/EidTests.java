package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EidTests {

    private static final String GSMA_SAMPLE = "89049032123451234512345678901235";

    @ParameterizedTest
    @ValueSource(
            strings = {
                GSMA_SAMPLE,
                "89086030202200000022000023022943",
                "89044045116727494800000004479366",
                "89049044900000000000000000102355",
                "89049032004008882600004821436874",
                "89049032007008882600085727376656"
            })
    void publishedEidsHaveValidCheckDigits(String eid) {
        assertThat(Eid.of(eid).checkDigitsValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89049032123451234512345678901234",
                "89049032001001234500012345678901",
                "00000000000000000000000000000000",
                "12547444452496388545569920380795"
            })
    void eidsWithWrongCheckDigitsAreReadAllTheSame(String eid) {
        assertThat(Eid.of(eid).checkDigitsValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " 8904 9032 1234 5123 4512 3456 7890 1235 ",
                "89049032-12345123-45123456-78901235",
                "8904\u00A09032\u20091234\u3000512345\u201112345678901235",
                "\uFEFF89049032\u200B123451234512345678901235\n"
            })
    void blanksAndHyphensDoNotMatter(String raw) {
        assertThat(Eid.of(raw).value()).isEqualTo(GSMA_SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.90490321234512E+31",
                "8,90490321234512E+31",
                " 8.90490321234512e31 ",
                "8.90490321234512e+31",
                "9E+31"
            })
    void spreadsheetNumbersAreCalledByTheirName(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Eid.of(raw))
                .withMessageContaining("spreadsheet")
                .withMessageContaining("as text")
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.EID_SCIENTIFIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "8904903212345123451234567890123",
                "890490321234512345123456789012355",
                "8904903212345123451234567890123F",
                "٨٩٠٤٩٠٣٢١٢٣٤٥١٢٣٤٥١٢٣٤٥٦٧٨٩٠١٢٣٥",
                "not an EID"
            })
    void anythingElseIsRefused(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Eid.of(raw))
                .withMessageContaining("32 digits")
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.EID_FORMAT);
    }

    @Test
    void theConstructorRefusesTheSame() {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new Eid("8904 9032"));
    }

    @Test
    void messagesShortenTheValueAndStayOnOneLine() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Eid.of("8904903212345123\r\n451234567890123"))
                .withMessageStartingWith("EID \"89049032…0123\" is not");
    }

    @Test
    void shortenedShowsBothEnds() {
        assertThat(Eid.of(GSMA_SAMPLE).shortened()).isEqualTo("89049032…1235");
    }
}
