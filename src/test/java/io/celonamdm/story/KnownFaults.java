package io.celonamdm.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stories find faults that are put into the connector: those of {@link Mutation}, or whose names match {@code stories.fault}. */
@Slow
class KnownFaults {
    /** How many stories a mutation has before it must be found. */
    private static final int MUTATED = 60;

    private static Playhouse playhouse;

    @BeforeAll
    static void start() throws IOException {
        playhouse = new Playhouse(KnownFaults.class.getSimpleName());
    }

    @AfterAll
    static void stop() {
        playhouse.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsFound(Mutation mutation) {
        assumeThat(mutation.name()).matches(System.getProperty("stories.fault", ".*"));
        Story story = found(mutation);
        assertThat(story).as("what %d stories do not find", MUTATED).isNotNull();
        assertThat(playhouse.breaks(story, Set.of(mutation.breaks)))
                .as("without the fault")
                .isFalse();
    }

    /** The first story that finds a fault; null if none of them does. */
    private static @Nullable Story found(Mutation mutation) {
        playhouse.product.stage.mutation = mutation;
        try {
            for (long seed = mutation.from; seed < mutation.from + MUTATED; seed++) {
                Story story = mutation.story(seed);
                if (playhouse.breaks(story, Set.of(mutation.breaks))) {
                    playhouse.report("%s is found by story %d".formatted(mutation, seed));
                    return story;
                }
            }
            return null;
        } finally {
            playhouse.product.stage.mutation = null;
        }
    }

    @Test
    void aStoryThatFailsIsShortened() {
        Mutation mutation = Mutation.FORGETS_TO_STOP;
        playhouse.product.stage.mutation = mutation;
        try {
            Story story = Stories.of(mutation.from);
            while (!playhouse.breaks(story, Set.of(mutation.breaks))) {
                story = Stories.of(story.seed() + 1);
            }

            Story shorter = playhouse.shortened(story, Set.of(mutation.breaks));

            assertThat(shorter.events())
                    .hasSizeLessThanOrEqualTo(2)
                    .extracting(Event::what)
                    .containsAnyOf(Event.What.PAUSE, Event.What.CANCEL);
            assertThat(shorter.toString()).contains("story " + story.seed(), "phones", "nights");
        } finally {
            playhouse.product.stage.mutation = null;
        }
    }
}
