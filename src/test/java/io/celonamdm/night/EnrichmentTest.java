package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An MDM that does not show every EID, and a file with the missing ones. */
class EnrichmentTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(3, 41));

    @TempDir
    static Path folder = Path.of("");

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        SIMULATION.jamf().settings().extensionAttribute("Celona SM-DP+ address");
        SIMULATION.jamf().settings().extensionAttribute("Celona eSIM state");
        registry.add(
                "connector.syncs.warehouse.mdm.enrich.file",
                () -> folder.resolve("eids.csv").toString());
        registry.add("connector.syncs.warehouse.run-window", () -> "1m");
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void aDeviceWithoutAnEidHasItFromTheFile() throws IOException {
        Phone hidden = SIMULATION.fleet().phones().get(1).reportedEid("");
        Phone shown = SIMULATION.fleet().phones().get(0);
        Path file = folder.resolve("eids.csv");

        Files.writeString(file, "Name,EID\n");
        assertThat(night()).satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Run.Outcome.FAILED);
            assertThat(run.reason())
                    .contains("mdm.enrich.file = " + file + " cannot be read: it has no column for mdm.enrich.key");
        });
        assertThat(whereIs(shown)).isEqualTo("nowhere");

        Files.writeString(
                file,
                "Serial;EID\n%s;%s\n%s;1\n"
                        .formatted(hidden.serialNumber().toLowerCase(Locale.ROOT), hidden.eid(), shown.serialNumber()));
        assertThat(night().outcome()).as("%s", ledger()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(whereIs(hidden)).isEqualTo("DONE DONE");
        assertThat(whereIs(shown)).as("the MDM knows better").isEqualTo("DONE DONE");
    }
}
