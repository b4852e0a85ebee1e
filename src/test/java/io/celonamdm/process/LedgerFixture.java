package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the ledger of this version, with devices in every place, for later versions to upgrade. It is not a test, so
 * the build leaves it out: {@code mvn test -Dtest=LedgerFixture}.
 */
@Slow
class LedgerFixture {
    static final String SYNC = "warehouse";

    /** One ledger for each schema, named by the version that wrote it and its last migration. */
    static final Path FOLDER = Path.of("src", "test", "resources", "ledgers");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void write(@TempDir Path folder) throws IOException {
        String name;
        PhoneFleet fleet = PhoneFleet.of(3, 4_711);
        try (Simulation simulation = Simulation.start(fleet)) {
            simulation.celona().stock(20).mishaps().refuse(fleet.eids().get(2), "FAILED");
            Installation installation = new Installation(folder, "ledger-fixture")
                    .sync(SYNC, simulation)
                    .set(SYNC, "celona.batch-size", "2")
                    .set(SYNC, "celona.max-concurrency", "1");
            try (ConnectorProcess process = installation.start()) {
                night(process);
                simulation.celona().faults().once("POST", "assign-eid", Fault.hangUpAfterProcessing());
                fleet.add("Phone 1 in doubt");
                fleet.add("Phone 2 in doubt");
                fleet.add("Phone that waits");
                Phone held = fleet.add("Phone that is held");
                night(process);
                assertThat(process.post(
                                        "/devices/%s/%s".formatted(SYNC, held.eid()),
                                        "{\"action\":\"hold\",\"reason\":\"for the ledgers to come\"}")
                                .status())
                        .isEqualTo(202);
                process.stop();
            }
            try (Ledger ledger = installation.ledger()) {
                assertThat(ledger.devices().stream().map(Ledger.Row::place))
                        .containsOnly("DONE", "DEAD", "IN_DOUBT", "WAITING", "HELD");
                assertThat(Ledger.count(ledger.devices().stream().map(Ledger.Row::place)))
                        .isEqualTo(Map.of("DONE", 2L, "DEAD", 1L, "IN_DOUBT", 2L, "WAITING", 1L, "HELD", 1L));
                name = "%s-%s.zip".formatted(version(), ledger.schema());
            }
        }
        zip(folder.resolve("data").resolve("ledger.mv.db"), FOLDER.resolve(name));
    }

    private static void night(ConnectorProcess process) {
        assertThat(process.run(SYNC)).isEqualTo(202);
        process.awaitClosed(SYNC, PATIENCE);
    }

    private static String version() throws IOException {
        try (InputStream stream = LedgerFixture.class.getResourceAsStream("/META-INF/build-info.properties")) {
            Properties build = new Properties();
            build.load(stream);
            return build.getProperty("build.version");
        }
    }

    private static void zip(Path file, Path zip) throws IOException {
        Files.createDirectories(FOLDER);
        // one that is there stays as it was written
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip, StandardOpenOption.CREATE_NEW))) {
            out.putNextEntry(new ZipEntry("ledger.mv.db"));
            Files.copy(file, out);
            out.closeEntry();
        }
    }
}
