package io.celonamdm.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.control.Action;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.control.SyncAction;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParametersTests {
    private static final List<Place> PLACES = List.of(Place.values());

    @Test
    void whatIsNotGivenIsAny() {
        assertThat(RequestParameters.code(null)).isNull();
        assertThat(RequestParameters.oneOf(PLACES, "place", null)).isNull();
        assertThat(RequestParameters.limit(null, 20, 500)).isEqualTo(20);
    }

    @Test
    void aWordIsReadInAnyCase() {
        assertThat(RequestParameters.code("poll_Timeout")).isEqualTo(ReasonCode.POLL_TIMEOUT);
        assertThat(RequestParameters.oneOf(PLACES, "place", "done")).isEqualTo(Place.DONE);
        assertThat(RequestParameters.oneOf(Position.SHOWN_STEPS, "step", "confirm"))
                .isEqualTo("CONFIRM");
        assertThat(RequestParameters.oneOf(Position.SHOWN_STEPS, "step", "retired"))
                .isEqualTo("RETIRED");
        assertThat(Action.of(DoubtAction.class, "Give-Up")).isEqualTo(DoubtAction.GIVE_UP);
    }

    /** An empty variable of a script must not come to mean all dead letters. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NONSENSE", "POLL TIMEOUT"})
    void aWordThatIsNoneIsRejected(String word) {
        assertThatThrownBy(() -> RequestParameters.code(word))
                .isInstanceOf(RequestRejected.class)
                .hasMessage("no reason has the code " + word)
                .extracting("status")
                .isEqualTo(400);
        assertThatThrownBy(() -> RequestParameters.oneOf(PLACES, "place", word))
                .isInstanceOf(RequestRejected.class)
                .hasMessageStartingWith("no place is named " + word + "; there are [WAITING,");
        assertThatThrownBy(() -> RequestParameters.oneOf(Position.SHOWN_STEPS, "step", word))
                .isInstanceOf(RequestRejected.class)
                .hasMessage("no step is named " + word
                        + "; there are [ASSIGN, AWAIT, PUSH, ACTIVATE, CONFIRM, DONE, RETIRED]");
        assertThatThrownBy(() -> Action.of(SyncAction.class, word, "test-connection"))
                .isInstanceOf(RequestRejected.class)
                .hasMessage("the action is run, plan, approve, pause, resume, release or test-connection, not " + word);
    }

    @Test
    void aLimitIsHeldToItsBounds() {
        assertThat(RequestParameters.limit(-1, 20, 500)).isEqualTo(1);
        assertThat(RequestParameters.limit(501, 20, 500)).isEqualTo(500);
    }
}
