package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Values show as plain texts: in JSON, as a key of a map, in messages and in the expressions of routes. */
class ValuesAsTextTests {
    static List<Object> values() {
        return List.of(
                new Eid("89049032007008882600085727376656"),
                new Iccid("8910500000000000001"),
                new SyncName("warehouse"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void showAsTheirText(Object value) {
        String text =
                value instanceof Eid eid ? eid.value() : value instanceof Iccid iccid ? iccid.value() : "warehouse";
        assertThat(value).hasToString(text);
        assertThat(Json.write(Map.of("a", value, "b", List.of(value))))
                .isEqualTo("{\"a\":\"%1$s\",\"b\":[\"%1$s\"]}".formatted(text));
        assertThat(JsonMapper.builder().build().writeValueAsString(Map.of(value, value)))
                .isEqualTo("{\"%1$s\":\"%1$s\"}".formatted(text));
    }
}
