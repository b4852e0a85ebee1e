package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlashMessageTests {
    @ParameterizedTest
    @EnumSource
    void eachIsASentenceForAnyNumber(FlashMessage done) {
        for (int count : new int[] {0, 1, 2}) {
            assertThat(FlashMessage.text(done.word(), count))
                    .get()
                    .asString()
                    .doesNotContain("%")
                    .matches("[A-Z].*\\.");
        }
    }

    @Test
    void aNumberAgreesWithItsNoun() {
        assertThat(FlashMessage.text("erased", 1)).contains("Erased: the data of 1 device.");
        assertThat(FlashMessage.text("decided", 3)).contains("Decided for 3 devices.");
    }

    @Test
    void anUnknownWordSaysNothing() {
        assertThat(FlashMessage.text("nonsense", 1)).isEmpty();
        assertThat(FlashMessage.text(null, 1)).isEmpty();
    }
}
