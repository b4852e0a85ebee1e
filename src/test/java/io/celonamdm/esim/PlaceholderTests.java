package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderTests {
    @Provide
    Arbitrary<String> wordsForNothing() {
        Arbitrary<String> words = Arbitraries.of(
                "n/a", "N.A.", "none", "null", "unknown", "not available", "nicht verfügbar", "inconnu", "ninguno");
        Arbitrary<String> around = Arbitraries.strings()
                .withChars("()<>[]{}-–—._!?*'\" \t\u00A0\u200B\uFEFF")
                .ofMaxLength(4);
        return Combinators.combine(around, words, around, Arbitraries.of(true, false))
                .as((before, word, behind, upper) ->
                        before + (upper ? word.toUpperCase(java.util.Locale.ROOT) : word) + behind);
    }

    @Property
    void caseBracketsAndPunctuationDoNotMatter(@ForAll("wordsForNothing") String text) {
        assertThat(Placeholder.isNothing(text)).isTrue();
        assertThat(Placeholder.isNoNumber(text)).isTrue();
        assertThat(Placeholder.orEmpty(text)).isEmpty();
    }

    @Property
    void whatHasADigitSaysSomething(
            @ForAll String text, @ForAll @net.jqwik.api.constraints.IntRange(max = 9) int digit) {
        assertThat(Placeholder.isNothing("S" + text + digit)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"C02Q7KHTGFWF", "Ann", "NA-7", "Nano", "nonesuch", "Truck", "0", "Tomcat", "Kaplan", "Nav 3"})
    void namesAndSerialNumbersSaySomething(String text) {
        assertThat(Placeholder.isNothing(text)).isFalse();
    }
}
