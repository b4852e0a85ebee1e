package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A second process, that of the tests, on a ledger that the first still has open; and what the first one logs. */
@Slow
@ExtendWith(OutputCaptureExtension.class)
class SecondProcessTest {
    private static final String SYNC = "warehouse";

    @Test
    void itRefusesToStartAndTheFirstIsNotDisturbed(@TempDir Path folder, CapturedOutput output) throws IOException {
        try (Simulation simulation = Simulation.start(PhoneFleet.of(2, 5))) {
            simulation.celona().stock(2);
            Installation installation = new Installation(folder, "second").sync(SYNC, simulation);
            try (ConnectorProcess first = installation.start(List.of("-Xlog:class+load:file=classes.log"))) {
                assertThat(installation.commandWithinTests()).isEqualTo(1);
                assertThat(output)
                        .contains(folder.resolve("data").resolve("ledger.mv.db").toString())
                        .contains("is open in another process")
                        .contains("stop the other first")
                        .doesNotContain("\tat ");
                int before = output.length();
                assertThat(installation.commandWithinTests("--run=" + SYNC)).isEqualTo(1);
                assertThat(output.toString().substring(before))
                        .contains("is open in another process", "POST /actuator/syncs/{name}");

                assertThat(first.run(SYNC)).isEqualTo(202);
                first.awaitClosed(SYNC, Duration.ofMinutes(1));
                first.stop();
            }
            assertThat(Files.readString(installation.log()))
                    .contains(" [warehouse run 1] assign-eid took 2 devices")
                    .containsPattern("INFO +Started ConnectorApplication");
            QuietStartTest.assertNothingIsWarnedOf(installation.log());
            assertThat(Files.readAllLines(folder.resolve("classes.log")))
                    .as("traces are off, and cost nothing")
                    .hasSizeGreaterThan(5000)
                    .noneMatch(line -> line.contains("io.opentelemetry.sdk"));
            try (Ledger ledger = installation.ledger()) {
                assertThat(ledger.places()).containsOnlyKeys("DONE DONE");
            }
        }
    }
}
