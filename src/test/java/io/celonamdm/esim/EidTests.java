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
                "=\"89049032123451234512345678901235\"",
                "'89049032123451234512345678901235",
                "\u201989049032123451234512345678901235",
                "\"89049032123451234512345678901235\"",
                "89049032123451234512345678901235.0",
                "8904.9032.1234.5123.4512.3456.7890.1235",
                "8904_9032_1234_5123_4512_3456_7890_1235",
                "89049032\u2212123451234512345678901235",
                "\u202A89049032123451234512345678901235\u202C",
                "\u0668\u0669\u0660\u0664\u0669\u0660\u0663\u0662\u0661\u0662\u0663\u0664\u0665\u0661\u0662\u0663"
                        + "\u0664\u0665\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660\u0661\u0662\u0663\u0665",
                "\uFF18\uFF19\uFF10\uFF14\uFF19\uFF10\uFF13\uFF12123451234512345678901235",
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
                "9E+31",
                "8.9049E+31",
                "8 ,9049 E +31",
                "8\u00A0,\u202F9049E+31",
                "8\u066B9049E+31",
                "\uFF18\uFF0E\uFF19E\uFF0B31",
                "8.9049E+031",
                "8.9049E31",
                "8.9049 \u00D7 10^31",
                "8,9*10^31",
                "8,9x1031",
                "=\"8.9049E+31\"",
                "'8.9049E+31",
                "8.9E\u2212" + "1",
                "89049032007008900000000000000000",
                "89049032007008880000000000000000",
                "89049032007008882000000000000000",
                "8904 9032 0070 0890 0000 0000 0000 0000",
                "89049032007008900000000000000000.00",
                "89049032007008886551811484286976"
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
                "not an EID"
            })
    void anythingElseIsRefused(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Eid.of(raw))
                .withMessageContaining("32 digits")
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.EID_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000000000000000",
                "11111111111111111111111111111111",
                "99999999999999999999999999999999",
                "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                "0",
                "0000 0000",
                "N/A",
                "n.a.",
                "None",
                "(null)",
                "<null>",
                "[UNKNOWN]",
                "Not Available",
                "not-available!",
                "-",
                "\u2014",
                "?",
                "#N/A",
                "#NV",
                "#WERT!",
                "\\N",
                "Unbekannt",
                "nicht verfügbar",
                "Néant",
                "desconocido",
                "不明",
                "無し",
                "неизвестно",
                "xxxxxxxx",
                "Ｎ／Ａ"
            })
    void whatStandsForNoneIsNone(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Eid.of(raw))
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.NO_EID);
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
