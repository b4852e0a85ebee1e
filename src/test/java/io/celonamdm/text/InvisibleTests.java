package io.celonamdm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvisibleTests {
    @ParameterizedTest
    @ValueSource(strings = {"", "Ann's iPad", "größer 日本語 😀 é", "a\tb\nc", "a - b_c"})
    void whatIsSeenStays(String text) {
        assertThat(Invisible.removed(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "a\u0000b, ab",
        "a\u001b[31mb, a[31mb",
        "a\u007fb, ab",
        "a\u009b2Jb, a2Jb",
        "a\u200bb, ab",
        "a\u202eb, ab",
        "a\u2066b, ab",
        "a\ufeffb, ab",
        "a\u00adb, ab",
        "a\udb40\udc41b, ab",
        "a\ud800b, ab"
    })
    void whatIsNotSeenIsTakenOut(String text, String left) {
        assertThat(Invisible.removed(text)).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\rb", "a\u0085b", "a\u2028b", "a\u2029b", "a\fb", "a\u000bb"})
    void eachEndOfALineIsALineFeed(String text) {
        assertThat(Invisible.removed(text)).isEqualTo("a\nb");
    }
}
