package io.celonamdm.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Small random worlds in virtual time, in which the connector must keep its word. This plays every other story, and
 * {@link MoreSeededNights} those between. System properties: {@code stories}, how many both play, 0 for no end;
 * {@code stories.seed}, the first seed, or {@code fresh}; {@code stories.seconds}, when no other one begins, 0 for
 * never; {@code stories.findings}, {@code fail} or only {@code report}; {@code stories.like}, a pattern that the words of a story must have; {@code stories.log}, whether the log and all calls of a bad story are printed.
 */
@Slow
class SeededNights {
    /** How many are played however long they take. */
    private static final int AT_LEAST = 10;

    /** How often a story that broke something is played again, to see whether it breaks it again. */
    private static final int ATTEMPTS = 3;

    /** How many stories are shortened. */
    private static final int SHORTENED = Integer.getInteger("stories.shortened", 3);

    /** Whether a finding does not fail the test: that of a fresh seed says nothing about what has just been changed. */
    private static final boolean ONLY_REPORTS =
            System.getProperty("stories.findings", "fail").equals("report");

    /** Which of the two halves this plays. */
    int half() {
        return 0;
    }

    @Test
    void theConnectorKeepsItsWord() throws IOException {
        long begun = System.nanoTime();
        String wanted = System.getProperty("stories.seed", "fresh");
        long first = wanted.equals("fresh") ? System.nanoTime() % 1_000_000_000_000L : Long.parseLong(wanted);
        int many = Integer.getInteger("stories", 300);
        long seconds = Long.getLong("stories.seconds", 0);
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        Pattern like = Pattern.compile(System.getProperty("stories.like", ""));
        Map<Long, List<String>> found = new TreeMap<>();
        Map<Long, List<String>> once = new TreeMap<>();
        try (Playhouse playhouse = new Playhouse(getClass().getSimpleName())) {
            playhouse.report(
                    "half %d of the seeded nights from seed %d; from there again: mvn test -Pstories -Dstories.seed=%d"
                            .formatted(half() + 1, first, first));
            int played = 0;
            int toTheirEnd = 0;
            long seed = first + half();
            while ((many == 0 || seed < first + many)
                    && (seconds == 0 || played < AT_LEAST || System.nanoTime() < end)) {
                Story story = Worlds.of(seed);
                if (!like.matcher(story.toString()).find()) {
                    seed += 2;
                    continue;
                }
                List<String> broken = playhouse.played(story);
                if (broken.stream().noneMatch(each -> each.startsWith("STORY:"))) {
                    toTheirEnd++;
                }
                if (!broken.isEmpty()) {
                    playhouse.report("%s%n%s".formatted(String.join("\n", broken), story));
                    if (isBrokenAgain(playhouse, story, broken)) {
                        found.put(seed, broken);
                        tell(playhouse, story, broken, found.size() <= SHORTENED);
                    } else {
                        once.put(seed, broken);
                        playhouse.report("NOT AGAIN in %d attempts: story %d broke this once, %s"
                                .formatted(ATTEMPTS, seed, broken));
                    }
                }
                seed += 2;
                played++;
                if (played % 50 == 0) {
                    playhouse.report("%d stories in %d s"
                            .formatted(played, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)));
                }
            }
            playhouse.report(
                    "%s%nhalf %d: %d stories were played in %d s, every other seed from %d on; what broke: %s; what broke once, and not again: %s"
                            .formatted(
                                    playhouse.product.stage.coverage,
                                    half() + 1,
                                    played,
                                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                                    first + half(),
                                    found,
                                    once));
            assertThat(toTheirEnd).as("stories that were played to their ends").isPositive();
            if (ONLY_REPORTS && !found.isEmpty()) {
                playhouse.report(loudly(found));
                return;
            }
            assertThat(found)
                    .as(
                            "what broke, and broke again, by seed; the stories are in %s; again with %s",
                            playhouse.report,
                            found.keySet().stream().map(SeededNights::command).toList())
                    .isEmpty();
        }
    }

    private static String loudly(Map<Long, List<String>> found) {
        StringBuilder text = new StringBuilder(
                "%n%s%nFOUND BY FRESH STORIES. This does not fail the build, and must be looked into:%n"
                        .formatted("#".repeat(120)));
        found.forEach((seed, broken) ->
                text.append("%n%s%n    again: %s%n".formatted(String.join("\n", broken), command(seed))));
        return text.append("%n%s".formatted("#".repeat(120))).toString();
    }

    /** Whether it was the story, and not the machine. */
    private static boolean isBrokenAgain(Playhouse playhouse, Story story, List<String> broken) {
        Set<String> names = Playhouse.names(broken);
        for (int i = 0; i < ATTEMPTS; i++) {
            if (playhouse.breaks(story, names)) {
                return true;
            }
        }
        return false;
    }

    private static void tell(Playhouse playhouse, Story story, List<String> broken, boolean shortens) {
        playhouse.report("BROKEN AGAIN; once more: " + command(story.seed()));
        if (shortens) {
            playhouse.report("in short: %s".formatted(playhouse.shortened(story, Playhouse.names(broken))));
        }
    }

    private static String command(long seed) {
        return "mvn test -Dtest=SeededNights -Dstories=1 -Dstories.log=true -Dstories.seed=" + seed;
    }
}
