package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Client.Reply;
import io.celonamdm.simulator.web.Hold;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A backup made during a night, while the process works, and the content of a restored one. */
@Slow
class BackupTest {
    private static final String SYNC = "warehouse";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Simulation simulation = Simulation.start(PhoneFleet.of(6, 37));

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void aRestoredNightGoesOnAndOnlyWhatCameAfterTheBackupIsUnknown(@TempDir Path folder) throws IOException {
        Installation installation = new Installation(folder, "backup")
                .sync(SYNC, simulation)
                .set(SYNC, "celona.batch-size", "2")
                .set(SYNC, "celona.max-concurrency", "1")
                .set(SYNC, "celona.provision.patience", "2s")
                .set(SYNC, "celona.iccid-prefixes[0]", "8910521");
        Path backup = backUpWhileTheSecondBatchIsPosted(installation);
        List<List<String>> batches = simulation.celona().log().of("POST", "assign-eid").stream()
                .map(post ->
                        post.csvRows().stream().skip(1).map(row -> row.get(0)).toList())
                .toList();
        assertThat(batches).hasSize(3);
        String held = batches.get(2).get(0);
        String notHeld = batches.get(2).get(1);

        restore(backup, folder.resolve("data"));
        lookWithoutWriting(installation.set(SYNC, "plan-only", "true"), held);
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.texts("select eid from device where place = 'IN_DOUBT' order by id"))
                    .isEqualTo(batches.get(1));
        }
        assertThat(simulation.celona().log().count("POST", "assign-eid")).isEqualTo(3);

        try (ConnectorProcess process =
                installation.set(SYNC, "plan-only", "false").start()) {
            process.awaitClosed(SYNC, PATIENCE);
            assertThat(process.run(SYNC)).isEqualTo(202);
            process.awaitEveryPhone(SYNC, PATIENCE);
            process.stop();
        }
        try (Ledger ledger = installation.ledger()) {
            for (List<String> known : batches.subList(0, 2)) {
                assertThat(known).allSatisfy(eid -> {
                    assertThat(simulation.celona().truth().iccidsOf(eid))
                            .containsExactly(ledger.device(eid).iccid());
                    // active and in a group since before the ledger was restored, which Celona says of neither
                    assertThat(ledger.device(eid).where()).isEqualTo("DONE DONE GROUP_UNKNOWN");
                });
            }
            assertThat(ledger.device(held).place()).isEqualTo("HELD");
            assertThat(ledger.device(notHeld).where()).isEqualTo("DONE DONE");
        }
        assertThat(simulation.celona().truth().eidsAssignedTwice())
                .as("assigned after the backup, and not held by a person")
                .containsExactly(notHeld);
        assertThat(simulation.celona().truth().activeEids()).hasSize(6);
    }

    /** One batch is assigned before, the second is under way, the third comes after it. */
    private Path backUpWhileTheSecondBatchIsPosted(Installation installation) {
        simulation.celona().faults().once("POST", "assign-eid", (request, endpoint) -> endpoint.answer(request));
        Hold second = simulation.celona().faults().hold("POST", "assign-eid", Hold.Point.AFTER_PROCESSING);
        Path backup;
        try (ConnectorProcess process = installation.start()) {
            assertThat(process.run(SYNC)).isEqualTo(202);
            second.awaitArrival(PATIENCE);
            Reply made = process.post("/ledger", "{\"action\":\"backup\",\"reason\":\"before the upgrade\"}");
            assertThat(made.status()).as(made.body()).isEqualTo(200);
            second.release();
            backup = Path.of(made.json().path("file").asText());

            JsonNode shown = process.get("/ledger");
            assertThat(shown.path("product").asText()).startsWith("H2 ");
            assertThat(shown.path("url").asText()).isEqualTo("jdbc:h2:file:./data/ledger");
            assertThat(shown.path("bytes").asLong()).isPositive();
            assertThat(shown.path("latestBackup").path("file").asText()).isEqualTo(backup.toString());
            process.awaitEveryPhone(SYNC, PATIENCE);
            process.stop();
        }
        assertThat(backup).hasParentRaw(installation.folder().resolve("data").resolve("backup"));
        assertThat(backup.getParent()).isDirectoryNotContaining("glob:**.part");
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.places()).isEqualTo(Map.of("DONE DONE", 6L));
            assertThat(ledger.texts("select reason from audit where action = 'backup' and sync = ?", SYNC))
                    .containsExactly("before the upgrade");
        }
        return backup;
    }

    private static void lookWithoutWriting(Installation installation, String hold) {
        try (ConnectorProcess process = installation.start()) {
            process.awaitClosed(SYNC, PATIENCE);
            assertThat(process.run(SYNC)).isEqualTo(202);
            process.awaitClosed(SYNC, PATIENCE);
            Reply held = process.post(
                    "/devices/%s/%s".formatted(SYNC, hold), "{\"action\":\"hold\",\"reason\":\"has an eSIM\"}");
            assertThat(held.status()).as(held.body()).isEqualTo(202);
            process.stop();
        }
    }

    /** As the operations page says it. */
    private static void restore(Path backup, Path data) throws IOException {
        Path kept = Files.copy(backup, data.resolveSibling("kept.zip"));
        FileSystemUtils.deleteRecursively(data);
        Files.createDirectory(data);
        try (InputStream file = Files.newInputStream(kept);
                ZipInputStream in = new ZipInputStream(file)) {
            assertThat(in.getNextEntry()).hasToString("ledger.mv.db");
            Files.copy(in, data.resolve("ledger.mv.db"));
        }
    }
}
