package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTests {

    private final Guards guards = new Guards(500, 20, 1, 50);

    @Test
    void ordinaryPlansGoOn() {
        assertThat(guards.holdsBack(1200, 1000, 200)).isEmpty();
        assertThat(guards.holdsBack(1000, 1000, 0)).isEmpty();
    }

    @Test
    void tooManyNewDevicesAreHeldBack() {
        assertThat(guards.holdsBack(3000, 10_000, 500)).isEmpty();
        assertThat(guards.holdsBack(3000, 10_000, 501)).contains(ReasonCode.MAX_NEW);
    }

    @Test
    void tooManyInPercentAreHeldBack() {
        assertThat(guards.holdsBack(1201, 1000, 201)).contains(ReasonCode.MAX_NEW_PERCENT);
        assertThat(guards.holdsBack(11, 9, 2)).contains(ReasonCode.MAX_NEW_PERCENT);
    }

    @Test
    void theFirstPlanKnowsNoPercentage() {
        assertThat(guards.holdsBack(500, 0, 500)).isEmpty();
        assertThat(guards.holdsBack(501, 0, 501)).contains(ReasonCode.MAX_NEW);
    }

    @Test
    void anInventoryThatIsTooSmallIsSuspicious() {
        assertThat(guards.holdsBack(0, 1000, 0)).contains(ReasonCode.MIN_INVENTORY);
        assertThat(new Guards(500, 20, 0, 50).holdsBack(0, 1000, 0)).isEmpty();
    }

    @Test
    void hugeFleetsDoNotOverflow() {
        assertThat(new Guards(Integer.MAX_VALUE, 1_000_000, 0, 100).holdsBack(1, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "30, 60, MAX_FALL_PERCENT",
        "31, 60, ",
        "0, 60, MIN_INVENTORY",
        "0, 0, MIN_INVENTORY",
        "1, 0, ",
        "70, 60, "
    })
    void aPullThatFellByHalfIsNotBelieved(int inventory, int usual, @Nullable ReasonCode doubt) {
        assertThat(guards.doubts(inventory, usual)).isEqualTo(Optional.ofNullable(doubt));
    }

    @Test
    void anyFallIsBelievedIfTheSettingSaysSo() {
        assertThat(new Guards(500, 20, 0, 100).doubts(0, 60)).isEmpty();
    }
}
