package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Hold;
import io.celonamdm.simulator.web.LoggedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three triggers of a sync's one job: nightly, due and on demand. */
@Slow
class TriggersTest {
    /**
     * Its nights are seconds apart, and one of its phones is off, so that it has something due every few seconds: late
     * enough for a firing not to wait for it.
     */
    private static final String BUSY = "busy";

    /** Runs on demand only. */
    private static final String QUIET = "quiet";

    private static final String PAGE = "/mobile-devices/detail";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** On a machine that is busy with other things, too. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    private static final Simulation BUSY_ONES = Simulation.start(PhoneFleet.of(2, 3));
    private static final Simulation QUIET_ONES = Simulation.start(PhoneFleet.of(2, 4));

    @TempDir
    static Path folder;

    private static Connector connector;

    @BeforeAll
    static void start() {
        BUSY_ONES.fleet().phones().get(0).behaviour().online(false);
        // pulls that take a moment, so that two at once would be seen
        BUSY_ONES.jamf().faults().always("GET", PAGE, Fault.slow(Duration.ofMillis(400)));
        connector = new Installation(folder, "triggers")
                .sync(BUSY, BUSY_ONES)
                .set(BUSY, "schedule", "0/5 * * * * ?")
                .set(BUSY, "mdm.max-concurrency", "1")
                .set(BUSY, "celona.provision.first", "6s")
                .set(BUSY, "celona.provision.max", "6s")
                .set(BUSY, "celona.provision.patience", "0ms")
                .sync(QUIET, QUIET_ONES)
                .startWithinTests();
    }

    @AfterAll
    static void stop() {
        connector.close();
        BUSY_ONES.close();
        QUIET_ONES.close();
    }

    @Test
    void aNightBeginsAtItsTimeAndNeverBeforeTheOneBeforeHasEnded() {
        List<JsonNode> runs = ended(connector.await(
                "three nights",
                PATIENCE,
                () -> connector.runs(BUSY),
                all -> ended(all).stream()
                                .filter(run -> run.path("cause").asText().equals("NIGHTLY"))
                                .count()
                        >= 3));

        Instant before = Instant.EPOCH;
        for (JsonNode run : runs) {
            assertThat(time(run, "openedAt")).isAfterOrEqualTo(before);
            before = time(run, "closedAt");
        }
    }

    @Test
    void aRunOnDemandBeginsAtOnceAndASecondOneIsRefused() {
        for (int i = 0; i < 5; i++) {
            Hold hold = QUIET_ONES.jamf().faults().hold("GET", PAGE, Hold.Point.BEFORE_PROCESSING);

            assertThat(connector.run(QUIET)).isEqualTo(202);
            hold.awaitArrival(AT_ONCE);
            assertThat(connector.run(QUIET)).isEqualTo(409);

            hold.release();
            connector.awaitClosed(QUIET, PATIENCE);
        }
        assertThat(QUIET_ONES.jamf().log().count("GET", PAGE)).isEqualTo(5);
    }

    @Test
    void firingsOfASyncNeverOverlapWhateverFiresThem() {
        Instant until = Instant.now().plusSeconds(12);
        List<Integer> answers = new ArrayList<>();
        connector.await(
                "the end of the rush",
                PATIENCE,
                () -> answers.add(connector.run(BUSY)),
                asked -> Instant.now().isAfter(until) && pulled().size() > 3);
        connector.awaitClosed(BUSY, PATIENCE);

        assertThat(answers).contains(202, 409);
        assertThat(BUSY_ONES.jamf().log().maxConcurrent())
                .as("calls of a firing: one of its work at a time, and one of the pull beside it")
                .isLessThanOrEqualTo(2);
        List<Instant> pulls = BUSY_ONES.jamf().log().of("GET", PAGE).stream()
                .filter(LoggedRequest::over)
                .map(page -> page.request().time())
                .toList();
        assertThat(pulled())
                .hasSizeGreaterThan(3)
                .allSatisfy(run -> assertThat(pulls)
                        .filteredOn(
                                pull -> !pull.isBefore(time(run, "openedAt")) && pull.isBefore(time(run, "closedAt")))
                        .as("pulls of %s", run)
                        .hasSize(1));
    }

    private static List<JsonNode> pulled() {
        return ended(connector.runs(BUSY)).stream()
                .filter(run -> run.path("pull").asText().equals("DONE"))
                .toList();
    }

    /** The runs that are closed, in the order in which they were opened. */
    private static List<JsonNode> ended(JsonNode runs) {
        List<JsonNode> ended = new ArrayList<>();
        runs.forEach(run -> {
            if (run.hasNonNull("closedAt")) {
                ended.add(run);
            }
        });
        ended.sort(Comparator.comparing(run -> run.path("id").asLong()));
        return ended;
    }

    private static Instant time(JsonNode run, String field) {
        return Instant.parse(run.path(field).asText());
    }
}
