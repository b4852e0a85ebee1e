package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.process.Ledger.Row;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger of another version: this one upgrades it and continues with each of its devices. */
@Slow
class UpgradeTest {
    private static final String SYNC = LedgerFixture.SYNC;

    static List<Path> ledgers() throws IOException {
        try (Stream<Path> files = Files.list(LedgerFixture.FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static boolean hasNight(JsonNode runs) {
        return runs.findValuesAsText("cause").contains("NIGHTLY");
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void everyDeviceStaysInItsPlaceAndANightRuns(Path zip, @TempDir Path folder) throws IOException {
        unzip(zip, folder.resolve("data"));
        Installation installation = new Installation(folder, "upgrade-" + zip.getFileName());
        List<Row> before;
        try (Ledger ledger = installation.ledger()) {
            assertThat(ledger.changedMigrations()).as("""
                            %s was written by migrations that have changed since. Ledgers like it are in use: take back \
                            the change and put it into a migration of its own""", zip).isEmpty();
            before = ledger.devices();
            // which that of an old ledger was in any case
            ledger.nightWasDue(SYNC, Instant.now().minus(1, ChronoUnit.HOURS));
        }
        assertThat(before).extracting(Row::place).contains("WAITING", "IN_DOUBT", "HELD", "DEAD", "DONE");

        PhoneFleet fleet = new PhoneFleet(815);
        before.forEach(device ->
                fleet.add(new Phone(device.eid(), "C0" + device.eid().substring(22), "Phone " + device.eid())));
        Phone newcomer = fleet.add("Phone that is new");
        try (Simulation simulation = Simulation.start(fleet)) {
            before.stream()
                    .map(Row::iccid)
                    .filter(iccid -> !iccid.isEmpty())
                    .forEach(iccid -> simulation.celona().stock(iccid).provision(iccid));
            installation.sync(SYNC, simulation);
            try (Connector connector = installation.startWithinTests()) {
                connector.await(
                        "the missed night", Duration.ofMinutes(2), () -> connector.runs(SYNC), UpgradeTest::hasNight);
                connector.awaitClosed(SYNC, Duration.ofMinutes(2));
            }

            try (Ledger ledger = installation.ledger()) {
                assertThat(ledger.pendingMigrations()).isEmpty();
                assertThat(ledger.devices()).extracting(Row::eid).containsExactlyInAnyOrderElementsOf(fleet.eids());
                before.forEach(device -> {
                    Row now = ledger.device(device.eid());
                    if (device.place().equals("WAITING")) {
                        assertThat(now.where()).isEqualTo("DONE DONE");
                    } else {
                        assertThat(now).isEqualTo(device);
                    }
                });
                assertThat(ledger.device(newcomer.eid()).where()).isEqualTo("DONE DONE");
                assertThat(ledger.texts("select eid from dead_letter where open_device is not null"))
                        .isEqualTo(before.stream()
                                .filter(device -> device.place().equals("DEAD"))
                                .map(Row::eid)
                                .toList());
            }
            assertThat(simulation.celona().truth().assignments().keySet())
                    .as("what was assigned: that which waited, and the newcomer")
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    before.stream()
                                            .filter(device -> device.place().equals("WAITING"))
                                            .map(Row::eid),
                                    Stream.of(newcomer.eid()))
                            .toList());
        }
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        Files.createDirectory(folder);
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(file)) {
            assertThat(in.getNextEntry()).isNotNull();
            Files.copy(in, folder.resolve("ledger.mv.db"));
        }
    }
}
