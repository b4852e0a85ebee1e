package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTests {

    private static final int[] NASTY = {
        ',', '"', '\r', '\n', '\t', 0, 0x7F, 0x85, ' ', 0xA0, 0x2028, 0x3000, '=', '+', '-', '@', '\'', 0x201C, 0x201D,
        0x200B, 0x200D, 0x202E, 0x2066, 0xFEFF, 0xFFFE, 0xD83D, 0xDE00, 0x1F469, 0x1F3FD, 0x301, 0xFE0F, 0x1F1E9,
        0xE0067, 'a', 'é', 0x5D0, 0x4E2D, 0x0E33, 0x3164
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tom's Macbook|Tom's Macbook",
                "Bob’s Device 1|Bob’s Device 1",
                "Smith, John|Smith John",
                "iPad 10\"|iPad 10",
                "the “good” one|the good one",
                "=1+1|1+1",
                "-- @=+cmd|cmd",
                "+49 170|49 170",
                "a-b=c@d+e|a-b=c@d+e",
                "Müller 张伟 محمد אבג|Müller 张伟 محمد אבג",
                "📱 Pool|📱 Pool"
            })
    void keepsWhatANameNeeds(String raw, String clean) {
        assertThat(SafeText.clean(raw, 64)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ",,", "\"\"", "\u200B\uFEFF", "=-+@", "\r\n", "\uD83D", "\u3164"})
    void nothingIsLeftOfNothing(String raw) {
        assertThat(SafeText.clean(raw, 64)).isEmpty();
    }

    @Test
    void controlAndFormatCharactersGo() {
        assertThat(SafeText.clean("a\r\nb\tc\u0000d\u2028e", 64)).isEqualTo("a b c d e");
        assertThat(SafeText.clean("\uFEFFab\u200B\u202Ec\u2066d", 64)).isEqualTo("abcd");
        assertThat(SafeText.clean("a\uD83Db\uDE00c\uFFFFd", 64)).isEqualTo("abcd");
    }

    @Test
    void aFormulaBehindAnInvisibleCharacterIsOneToo() {
        assertThat(SafeText.clean("\u200B,=HYPERLINK(1)", 64)).isEqualTo("HYPERLINK(1)");
        assertThat(SafeText.clean("\uFF1DHYPERLINK(1)", 64)).isEqualTo("HYPERLINK(1)");
    }

    @Test
    void cutsAtCodePoints() {
        assertThat(SafeText.clean("abcdef", 3)).isEqualTo("abc");
        assertThat(SafeText.clean("ab cdef", 3)).isEqualTo("ab");
        assertThat(SafeText.clean("📱📱📱", 2)).isEqualTo("📱📱");
        assertThat(SafeText.clean("abc", 0)).isEmpty();
    }

    @Test
    void doesNotCutACharacterFromItsMarks() {
        assertThat(SafeText.clean("abe\u0301x", 3)).isEqualTo("ab");
        assertThat(SafeText.clean("e\u0301\u0302x", 2)).isEqualTo("e\u0301");
    }

    @Test
    void holdsItsPromisesForAnyText() {
        Random random = new Random(20_260_712);
        for (int i = 0; i < 20_000; i++) {
            String raw = anyText(random);
            int maxLength = random.nextInt(12);
            String clean = SafeText.clean(raw, maxLength);

            assertThat(clean.codePointCount(0, clean.length())).isLessThanOrEqualTo(maxLength);
            assertThat(clean).isEqualTo(clean.strip()).doesNotContain("  ", ",", "\"", "“", "”");
            assertThat(clean)
                    .doesNotStartWith("=")
                    .doesNotStartWith("+")
                    .doesNotStartWith("-")
                    .doesNotStartWith("@");
            assertThat(clean.codePoints()
                            .map(Character::getType)
                            .filter(type -> type == Character.CONTROL
                                    || type == Character.FORMAT
                                    || type == Character.SURROGATE
                                    || type == Character.LINE_SEPARATOR
                                    || type == Character.PARAGRAPH_SEPARATOR))
                    .isEmpty();
            assertThat(SafeText.clean(clean, maxLength)).isEqualTo(clean);
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(16); length > 0; length--) {
            text.appendCodePoint(
                    random.nextInt(4) == 0
                            ? random.nextInt(Character.MAX_CODE_POINT + 1)
                            : NASTY[random.nextInt(NASTY.length)]);
        }
        return text.toString();
    }
}
