package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing in a route file is repeated without a count: loops by {@code work/Repetitions}, which counts the turns at a loop's
 * first step; redeliveries by a maximum; routes never call themselves. What waits does so where it can be called off.
 */
class CountedRepetitionsTest {
    private static final Set<String> REPEAT_BY_OTHER_MEANS =
            Set.of("dynamicRouter", "recipientList", "routingSlip", "circuitBreaker", "saga", "delay", "throttle");

    /** Whether a call is repeated after a 401, which {@code http/TokenCalls} says once. */
    private static final String ONCE = "${exchangeProperty.tokenRepeat}";

    /** It calls itself once, with the path of older servers, which {@code jamfClient} sees to. */
    private static final String ONCE_MORE = "jamf-token";

    static List<RouteFile> files() {
        return Stream.concat(
                        RouteFile.all().stream(),
                        Stream.of(RouteFile.read(Path.of("docs/examples/fleetdesk.camel.yaml"))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLoopHasAStepAtWhichItsTurnsAreCounted(RouteFile file) {
        assertThat(file.steps())
                .filteredOn(step -> step.name().equals("loop"))
                .allMatch(step -> !step.options().path("steps").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRedeliveryHasAMaximum(RouteFile file) {
        for (JsonNode handler : file.content().findValues("onException")) {
            for (JsonNode each : handler) {
                JsonNode clause = each.path("onException");
                JsonNode policy = clause.path("redeliveryPolicy");
                assertThat(policy.has("maximumRedeliveries")
                                || clause.path("retryWhile")
                                        .path("simple")
                                        .asText()
                                        .equals(ONCE))
                        .as("%s in %s", clause, file)
                        .isTrue();
                assertThat(policy.path("maximumRedeliveries").asInt(0))
                        .as("%s in %s", clause, file)
                        .isBetween(0, 3);
            }
        }
        assertThat(file.content().findValues("retryWhile"))
                .allMatch(each -> each.path("simple").asText().equals(ONCE));
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingRepeatsByOtherMeans(RouteFile file) {
        assertThat(file.steps()).extracting(Step::name).doesNotContainAnyElementsOf(REPEAT_BY_OTHER_MEANS);
    }

    @Test
    void noRouteCallsItself() {
        Map<String, Set<String>> calls = new TreeMap<>();
        for (RouteFile file : files()) {
            for (JsonNode each : file.content()) {
                JsonNode route =
                        each.has("routeTemplate") ? each.path("routeTemplate").path("route") : each.path("route");
                String id = route.path("from").path("uri").asText().replaceFirst("^direct:", "");
                RouteFile alone = new RouteFile(file.path(), file.text(), each);
                alone.steps().stream()
                        .map(Step::uri)
                        .filter(uri -> uri.startsWith("direct:"))
                        .forEach(uri -> calls.computeIfAbsent(id, key -> new TreeSet<>())
                                .add(uri.replaceFirst("^direct:", "")));
            }
        }
        assertThat(calls.keySet()).filteredOn(route -> reaches(calls, route)).containsExactly(ONCE_MORE);
    }

    private static boolean reaches(Map<String, Set<String>> calls, String route) {
        Deque<String> open = new ArrayDeque<>(calls.getOrDefault(route, Set.of()));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String next = open.remove();
            if (next.equals(route)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(calls.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }
}
