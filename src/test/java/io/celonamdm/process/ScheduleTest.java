package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start with schedules that an earlier connector stored. */
@Slow
@ExtendWith(OutputCaptureExtension.class)
class ScheduleTest {
    private static final String MOVED = "moved";
    private static final String REMOVED = "removed";
    private static final String MISSED = "missed";
    private static final String ABSENT = "absent";
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Simulation simulation = Simulation.start(PhoneFleet.of(3, 5));

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void theSettingsCountAndNotWhatIsStored(@TempDir Path folder, CapturedOutput output) {
        Installation installation = new Installation(folder, "schedule")
                .sync(MOVED, simulation)
                .sync(REMOVED, simulation)
                .set(REMOVED, "schedule", "0/2 * * * * ?")
                .set(REMOVED, "plan-only", "true")
                .sync(ABSENT, simulation)
                .sync(MISSED, simulation);
        try (Connector connector = installation.startWithinTests()) {
            connector.await("a run of the sync", SOON, () -> connector.runs(REMOVED), runs -> !runs.isEmpty());
            assertThat(nextRun(connector, ZoneId.of("UTC"))).isEqualTo(LocalTime.of(4, 30));
        }
        List<String> runsOfRemoved;
        try (Ledger ledger = installation.ledger()) {
            assertThat(jobs(ledger)).containsExactlyInAnyOrder(MOVED, REMOVED, MISSED, ABSENT);
            runsOfRemoved = runs(ledger, REMOVED);
            ledger.nightWasDue(MISSED, Instant.now().minus(3, ChronoUnit.HOURS));
            ledger.nightWasDue(ABSENT, Instant.now().minus(3, ChronoUnit.HOURS));
            ledger.lastConfigured(REMOVED, Instant.now().minus(5, ChronoUnit.MINUTES));
        }

        installation.set(MOVED, "time-zone", TOKYO.getId()).remove(REMOVED).remove(ABSENT);
        try (Connector connector = installation.startWithinTests()) {
            connector.await("the missed night", SOON, () -> connector.runs(MISSED), ScheduleTest::hasEnded);
            assertThat(connector.runs(MISSED).findValuesAsText("cause")).containsExactly("NIGHTLY");
            assertThat(nextRun(connector, TOKYO)).isEqualTo(LocalTime.of(4, 30));
            connector.await(
                    "the firing that is put back",
                    SOON,
                    output::toString,
                    log -> log.contains("sync absent is not in the settings here"));
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(jobs(ledger))
                    .as("what a replica may still have is kept")
                    .containsExactlyInAnyOrder(MOVED, MISSED, ABSENT);
            assertThat(ledger.texts(
                            "select trigger_group from qrtz_triggers where trigger_group <> 'sync' and trigger_name = ?",
                            ABSENT))
                    .containsExactly("put-back");
            assertThat(runs(ledger, REMOVED)).as("nothing has fired for it").isEqualTo(runsOfRemoved);
            assertThat(ledger.texts(
                            "select time_zone_id from qrtz_cron_triggers where trigger_group = 'sync' and trigger_name = ?",
                            MOVED))
                    .containsExactly(TOKYO.getId());
        }
    }

    private static LocalTime nextRun(Connector connector, ZoneId zone) {
        return Instant.parse(connector.sync(MOVED).path("nextRun").asText())
                .atZone(zone)
                .toLocalTime();
    }

    private static boolean hasEnded(JsonNode runs) {
        return runs.size() > 0 && runs.get(0).hasNonNull("closedAt");
    }

    private static List<String> jobs(Ledger ledger) {
        return ledger.texts("select job_name from qrtz_job_details where job_group = ?", "sync");
    }

    private static List<String> runs(Ledger ledger, String sync) {
        return ledger.texts("select id from run where sync = ? order by id", sync);
    }
}
