package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import org.junit.jupiter.api.Test;

class GuardsTests {

    private final Guards guards = new Guards(500, 20, 1);

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
        assertThat(new Guards(500, 20, 0).holdsBack(0, 1000, 0)).isEmpty();
    }

    @Test
    void hugeFleetsDoNotOverflow() {
        assertThat(new Guards(Integer.MAX_VALUE, 1_000_000, 0).holdsBack(1, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isEmpty();
    }
}
