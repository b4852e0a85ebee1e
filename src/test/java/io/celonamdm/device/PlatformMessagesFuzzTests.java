package io.celonamdm.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.fuzz.JsonTrees;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a platform's route hands over is taken element by element, or refused as a whole. */
class PlatformMessagesFuzzTests {
    private static final List<Object> DEVICES = List.of(
            Map.of(
                    "id",
                    "12",
                    "name",
                    "Phone",
                    "eid",
                    "89049032692062826375526599366404",
                    "iccids",
                    List.of("8910521203310000351"),
                    "enrolledAt",
                    "2026-03-02T08:00:00Z",
                    "excluded",
                    "UNMANAGED",
                    "attributes",
                    Map.of("site", "north")),
            Map.of("id", "13"));
    private static final List<Object> OUTCOMES = List.of(
            Map.of("eid", "8904", "outcome", "sent", "reference", "1"),
            Map.of("eid", "8905", "outcome", "failed", "code", "COMMAND_FAILED", "reason", "off"));

    @Provide
    Arbitrary<Object> devices() {
        return Arbitraries.oneOf(JsonTrees.mutated(DEVICES), JsonTrees.of(DEVICES));
    }

    @Provide
    Arbitrary<Object> outcomes() {
        return Arbitraries.oneOf(JsonTrees.mutated(OUTCOMES), JsonTrees.of(OUTCOMES));
    }

    @Property
    void everyDeviceOfAPageIsTaken(@ForAll("devices") Object body) {
        isTakenAsAWhole(body, PlatformMessagesFuzzTests::page);
    }

    @Property
    void everyOutcomeIsTaken(@ForAll("outcomes") Object body) {
        isTakenAsAWhole(body, PlatformMessages::outcomes);
    }

    @Property
    void anyTextIsTakenOrRefused(@ForAll String text) {
        isTakenAsAWhole(text, PlatformMessagesFuzzTests::page);
        isTakenAsAWhole(text, PlatformMessages::outcomes);
    }

    private static List<?> page(Object body) {
        InventoryPage page = PlatformMessages.page(body);
        return Stream.concat(page.devices().stream(), page.broken().stream()).toList();
    }

    private static void isTakenAsAWhole(Object body, Function<Object, List<?>> reader) {
        try {
            List<?> taken = reader.apply(body);
            assertThat(taken).doesNotContainNull();
            if (body instanceof List<?> list) {
                assertThat(taken).hasSameSizeAs(list);
            }
        } catch (UnreadableAnswer e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
