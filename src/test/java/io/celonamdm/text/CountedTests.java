package io.celonamdm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTests {

    @Test
    void countsInWords() {
        assertThat(Counted.words(1, "dead letter")).isEqualTo("1 dead letter");
        assertThat(Counted.words(2, "dead letter")).isEqualTo("2 dead letters");
    }

    @Test
    void agreesWithItsVerb() {
        assertThat(Counted.are(0, "device")).isEqualTo("0 devices are");
        assertThat(Counted.are(1, "device")).isEqualTo("1 device is");
        assertThat(Counted.are(2, "device")).isEqualTo("2 devices are");
    }
}
