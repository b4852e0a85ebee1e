package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.celonamdm.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class PositionTests {
    record Device(String name, @JsonUnwrapped Position position) {}

    @ParameterizedTest
    @CsvSource({
        "WAITING, ASSIGN, WAITING at ASSIGN",
        "IN_FLIGHT, CONFIRM, IN_FLIGHT at CONFIRM",
        "DEAD, PUSH, DEAD at PUSH",
        "DONE, DONE, DONE",
        "RETIRED, RETIRED, RETIRED"
    })
    void showsThePlaceWhereThereIsNoStep(Place place, String shown, String text) {
        Position position = Position.of(place, shown);
        Map<String, Object> json = Map.of("name", "a", "place", place.name(), "step", shown);

        assertThat(position.shownStep()).isEqualTo(shown);
        assertThat(position).hasToString(text);
        assertThat(Json.read(Json.write(new Device("a", position)), Object.class))
                .isEqualTo(json);
        assertThat(JsonMapper.builder().build().convertValue(new Device("a", position), Object.class))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @EnumSource
    void hasAStepWhereThePlaceHasOne(Place place) {
        Step wrong = place.hasStep() ? null : Step.ASSIGN;
        assertThatIllegalArgumentException().isThrownBy(() -> new Position(place, wrong));
    }

    @ParameterizedTest
    @EnumSource(names = "ASSIGN", mode = EnumSource.Mode.EXCLUDE)
    void isPastTheStepsBeforeItsOwn(Step step) {
        Position position = new Position(Place.HELD, step);
        assertThat(position.isPast(Step.ASSIGN)).isTrue();
        assertThat(position.isPast(step)).isFalse();
    }

    @Test
    void isPastEveryStepWithoutOne() {
        assertThat(new Position(Place.DONE, null).isPast(Step.CONFIRM)).isTrue();
        assertThat(new Position(Place.RETIRED, null).isPast(Step.CONFIRM)).isTrue();
    }
}
