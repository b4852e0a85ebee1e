package io.celonamdm.ledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.ledger.device.DeviceTransitionTable.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagrams of docs/architecture.md show exactly the existing transitions. */
class DeviceTransitionsDocTest {
    private static final Path DOC = Path.of("docs", "architecture.md");
    private static final String BEGIN = "<!-- generated from the transitions, see CONTRIBUTING.md -->\n```mermaid\n";
    private static final String STEPS = "## The steps of a device";
    private static final String END = "```\n";
    private static final Pattern ARROW = Pattern.compile("(\\w+) --> (\\w+)");

    /** They can lead to any step, by what is known of the device, so that the picture leaves them out. */
    private static final Set<String> TO_ANY_STEP = Set.of("endDoubt", "requeue", "probed", "retire", "startOver");

    private static void forEachWay(BiConsumer<Transition, Position[]> consumer) {
        for (Transition transition : DeviceTransitionTable.transitions()) {
            DeviceTransitionTable.positions().forEach(from -> {
                Position to = transition.expected(from);
                if (to != null) {
                    consumer.accept(transition, new Position[] {from, to});
                }
            });
        }
    }

    /** {@code mvn test -Pdocs} writes it. */
    @Test
    void thePlacesAreDrawnFromTheTransitions() throws IOException {
        Map<Place, Map<Place, Set<String>>> ways = new TreeMap<>();
        forEachWay((transition, ends) -> {
            if (ends[0].place() != ends[1].place()) {
                ways.computeIfAbsent(ends[0].place(), from -> new TreeMap<>())
                        .computeIfAbsent(ends[1].place(), to -> new LinkedHashSet<>())
                        .add(transition.method());
            }
        });
        StringBuilder diagram = new StringBuilder("""
                stateDiagram-v2
                  [*] --> WAITING: admit
                  [*] --> HELD: holdBack
                """);
        ways.forEach((from, tos) -> tos.forEach(
                (to, names) -> diagram.append("  %s --> %s: %s\n".formatted(from, to, String.join(", ", names)))));

        String doc = Files.readString(DOC);
        int begin = doc.indexOf(BEGIN) + BEGIN.length();
        String expected = doc.substring(0, begin) + diagram + doc.substring(doc.indexOf(END, begin));
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(DOC, expected);
            doc = expected;
        }

        assertThat(doc).contains(BEGIN);
        assertThat(doc).as("write it by mvn test -Pdocs").isEqualTo(expected);
    }

    @Test
    void theStepsThatAreDrawnAreThoseOfTheTransitions() throws IOException {
        Set<String> all = new TreeSet<>();
        Set<String> needed = new TreeSet<>();
        forEachWay((transition, ends) -> {
            String from = ends[0].shownStep();
            String to = ends[1].shownStep();
            if (!from.equals(to)) {
                String way = from + " --> " + to;
                all.add(way);
                if (!TO_ANY_STEP.contains(transition.method())) {
                    needed.add(way);
                }
            }
        });
        String doc = Files.readString(DOC);
        int begin = doc.indexOf("```mermaid", doc.indexOf(STEPS));
        Set<String> drawn = ARROW.matcher(doc.substring(begin, doc.indexOf(END, begin + END.length())))
                .results()
                .filter(arrow ->
                        Position.SHOWN_STEPS.contains(arrow.group(1)) && Position.SHOWN_STEPS.contains(arrow.group(2)))
                .map(arrow -> arrow.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(drawn).containsAll(needed);
        assertThat(all).containsAll(drawn);
    }
}
