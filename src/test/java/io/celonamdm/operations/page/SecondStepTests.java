package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.control.RequestRejected;
import org.junit.jupiter.api.Test;

/** What concerns many is asked for twice, and done only for the number that a person has seen. */
class SecondStepTests {
    @Test
    void isGivenByTheNumberAlone() {
        assertThat(SecondStep.isGiven(null, 12)).isFalse();
        assertThat(SecondStep.isGiven(12, 12)).isTrue();
    }

    @Test
    void isVoidOnceTheNumberHasChanged() {
        for (int now : new int[] {11, 13}) {
            assertThatThrownBy(() -> SecondStep.isGiven(12, now))
                    .isInstanceOf(RequestRejected.class)
                    .hasMessageContaining("you confirmed 12 devices, and the number is " + now + " now");
        }
        assertThatThrownBy(() -> SecondStep.isGiven(12, 0)).hasMessageContaining("no such device any more");
        assertThatThrownBy(() -> SecondStep.isGiven(null, 0)).hasMessageContaining("no such device any more");
    }
}
