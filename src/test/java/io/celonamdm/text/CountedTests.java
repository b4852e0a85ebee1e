package io.celonamdm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTests {

    @Test
    void countsInWords() {
        assertThat(Counted.words(1, "dead letter")).isEqualTo("1 dead letter");
        assertThat(Counted.words(2, "dead letter")).isEqualTo("2 dead letters");
    }
}
