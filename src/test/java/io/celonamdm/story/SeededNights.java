package io.celonamdm.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.celonamdm.rings.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Small random worlds in virtual time, in which the connector must keep its word. {@code mvn test -Pstories} plays them;
 * the build does not. System properties: {@code stories}, how many are played, 0 for no end; {@code stories.seed}, the
 * first seed, or {@code fresh}; {@code stories.seconds}, when no other one begins, 0 for never; {@code stories.log},
 * whether the log and all calls of a bad story are printed; {@code stories.fault}, which faults are put back, as a pattern.
 */
@Slow
class SeededNights {
    /** How many stories a mutation has before it must be found. */
    private static final int MUTATED = 60;

    /** How many stories are played to shorten one. */
    private static final int SHORTENING = 50;

    /** How many stories are shortened. */
    private static final int SHORTENED = Integer.getInteger("stories.shortened", 3);

    private static final Path REPORT = Path.of(System.getProperty("stories.report", "target/stories.txt"));
    private static final PrintStream OUT = System.out;

    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        Files.deleteIfExists(REPORT);
        product = new Product();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void theConnectorKeepsItsWord() {
        String wanted = System.getProperty("stories.seed", "fresh");
        long first = wanted.equals("fresh") ? System.nanoTime() % 1_000_000_000_000L : Long.parseLong(wanted);
        int many = Integer.getInteger("stories", 300);
        long seconds = Long.getLong("stories.seconds", 0);
        report("the first seed is %d; from there again with -Dstories.seed=%d".formatted(first, first));
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        Map<Long, List<String>> found = new TreeMap<>();
        long seed = first;
        while ((many == 0 || seed < first + many) && (seconds == 0 || System.nanoTime() < end)) {
            Story story = Tenants.of(Stories.of(seed));
            List<String> broken = played(story);
            if (!broken.isEmpty()) {
                found.put(seed, broken);
                report("%s%n%s".formatted(String.join("\n", broken), story));
                if (found.size() <= SHORTENED) {
                    report("in short: %s".formatted(shortened(story, names(broken))));
                }
            }
            seed++;
            if ((seed - first) % 50 == 0) {
                report("%d stories in %d s"
                        .formatted(seed - first, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)));
            }
        }
        report("%d stories were played, seeds %d to %d%n%n%s"
                .formatted(seed - first, first, seed - 1, product.stage.coverage));
        assertThat(found)
                .as("what broke, by seed; the stories are in %s", REPORT)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsFound(Mutation mutation) {
        assumeThat(mutation.name()).matches(System.getProperty("stories.fault", ".*"));
        Set<String> broken = Set.of(mutation.breaks);
        Story story = found(mutation);
        assertThat(story).as("what %d stories do not find", MUTATED).isNotNull();
        assertThat(breaks(story, broken)).as("without the fault").isFalse();
    }

    /** The first story that finds a fault; null if none of them does. */
    private static @Nullable Story found(Mutation mutation) {
        product.stage.mutation = mutation;
        try {
            for (long seed = mutation.from; seed < mutation.from + MUTATED; seed++) {
                Story story = mutation.story(seed);
                if (breaks(story, Set.of(mutation.breaks))) {
                    report("%s is found by story %d".formatted(mutation, seed));
                    return story;
                }
            }
            return null;
        } finally {
            product.stage.mutation = null;
        }
    }

    @Test
    void aStoryThatFailsIsShortened() {
        Mutation mutation = Mutation.FORGETS_TO_STOP;
        product.stage.mutation = mutation;
        try {
            Story story = Stories.of(mutation.from);
            while (!breaks(story, Set.of(mutation.breaks))) {
                story = Stories.of(story.seed() + 1);
            }

            Story shorter = shortened(story, Set.of(mutation.breaks));

            assertThat(shorter.events())
                    .hasSizeLessThanOrEqualTo(2)
                    .extracting(Event::what)
                    .containsAnyOf(Event.What.PAUSE, Event.What.CANCEL);
            assertThat(shorter.toString()).contains("story " + story.seed(), "phones", "nights");
        } finally {
            product.stage.mutation = null;
        }
    }

    private static Story shortened(Story story, Set<String> names) {
        return Shortening.of(story, shorter -> breaks(shorter, names), SHORTENING);
    }

    /** Whether a story breaks one of some invariants; an empty name stands for any. */
    private static boolean breaks(Story story, Set<String> names) {
        return names(played(story)).stream().anyMatch(each -> names.contains(each) || names.contains(""));
    }

    private static Set<String> names(List<String> broken) {
        return broken.stream()
                .map(each -> each.substring(0, each.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> played(Story story) {
        ByteArrayOutputStream log = new Log();
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Play play = new Play(product, story);
            List<String> broken = new ArrayList<>();
            try {
                play.play();
            } catch (Exception | Death e) {
                broken.add("STORY: " + e);
            }
            if (product.stage.lives.isOver()) {
                product.restart();
            }
            if (!product.isAtRest()) {
                broken.add("LEAKS: connections to the ledger, or threads, are still in use");
            }
            if (!product.hasAllRoom()) {
                broken.add("LEAKS: a call that has ended holds its place");
            }
            String lines = log.toString(StandardCharsets.UTF_8);
            broken.addAll(new Verdicts(product, play).broken(lines));
            if (Boolean.getBoolean("stories.log") && !broken.isEmpty()) {
                report(lines);
                play.world.heard.forEach(each -> report(each.toString()));
                play.world.trace.forEach(SeededNights::report);
            }
            return broken;
        } finally {
            System.setOut(OUT);
        }
    }

    /** What the process logs while it lives. */
    private static final class Log extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            if (!product.stage.lives.isOver()) {
                super.write(bytes, from, length);
            }
        }
    }

    private static void report(String text) {
        OUT.println(text);
        try {
            Files.writeString(REPORT, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
