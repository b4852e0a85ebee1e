package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Hold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A process that is asked to end in the middle of a night. */
class StoppedNightTest {
    private static final String SYNC = "warehouse";
    private static final int PHONES = 60;
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Simulation simulation = Simulation.start(PhoneFleet.of(PHONES, 11));

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void theCallUnderWayIsFinishedAndTheNextProcessGoesOn(@TempDir Path folder) throws IOException {
        Installation installation = new Installation(folder, "stopped")
                .sync(SYNC, simulation)
                .set(SYNC, "celona.batch-size", "20")
                .set(SYNC, "celona.max-concurrency", "1");
        Hold hold = simulation.celona().faults().hold("POST", "assign-eid", Hold.Point.AFTER_PROCESSING);

        try (ConnectorProcess process = installation.start()) {
            assertThat(process.run(SYNC)).isEqualTo(202);
            hold.awaitArrival(GRACE);
            process.askToStop();
            process.await("the begin of the end", GRACE, process::isReady, ready -> !ready);
            hold.release();
            process.awaitExit(GRACE);
        }

        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.journal("ASSIGN")).isEqualTo(Map.of("ANSWERED", 1L));
            assertThat(ledger.places()).isEqualTo(Map.of("WAITING AWAIT", 20L, "WAITING ASSIGN", 40L));
            assertThat(ledger.texts(
                            "select trigger_state from qrtz_triggers where trigger_group = 'sync' and trigger_name = ?",
                            SYNC))
                    .as("the nightly trigger")
                    .containsExactly("WAITING");
        }

        restoreFromBackup(folder);
        try (ConnectorProcess process = installation.start()) {
            process.awaitClosed(SYNC, Duration.ofMinutes(1));
            process.stop();
        }
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.places()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        }
        assertThat(simulation.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(simulation.celona().log().count("POST", "assign-eid")).isEqualTo(3);
    }

    /** As the operations page says it: a copy of the one file, put back into an empty folder. */
    private static void restoreFromBackup(Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path backup = Files.copy(data.resolve("ledger.mv.db"), folder.resolve("ledger-backup.mv.db"));
        FileSystemUtils.deleteRecursively(data);
        Files.createDirectory(data);
        Files.copy(backup, data.resolve("ledger.mv.db"));
    }
}
