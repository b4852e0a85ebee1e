package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.process.ConnectorProcess.Ended;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The connector as a command, under cron: it does one thing, and its exit code tells the outcome. */
@Slow
@ExtendWith(OutputCaptureExtension.class)
class CommandTest {
    private static final String SYNC = "warehouse";
    private static final String OTHER = "office";

    private static Installation installation(Path folder, Simulation simulation) {
        return new Installation(folder, "command")
                .sync(SYNC, simulation)
                .sync(OTHER, simulation)
                .set(OTHER, "celona.customer-id", "7");
    }

    @Test
    void planAndRun(@TempDir Path folder, CapturedOutput output) {
        PhoneFleet fleet = PhoneFleet.of(3, 12);
        try (Simulation simulation = Simulation.start(fleet)) {
            Installation installation = installation(folder, simulation).set(SYNC, "celona.pool", "2");

            Ended preflight = installation.command("--preflight");
            assertThat(preflight.exitCode()).as("%s", preflight).isEqualTo(8);
            assertThat(preflight.out())
                    .contains(
                            "sync warehouse: unchecked", "sync office: warn", "CUSTOMER_NOT_SEEN", "3 mobile devices");
            assertThat(simulation.celona().log().writes()).isEmpty();

            Ended plan = installation.command("--plan=" + SYNC, "--format=csv");
            assertThat(plan.exitCode()).as("%s", plan).isZero();
            assertThat(plan.out().lines().filter(line -> line.contains(",ADMITTED,")))
                    .hasSize(3);
            assertThat(plan.err()).contains("3 devices: {ADMITTED=3}; 2 eSIMs left, 3 wanted");
            assertThat(simulation.celona().log().writes()).isEmpty();

            assertThat(installation.commandWithinTests("--run=" + SYNC))
                    .as("%s", output)
                    .isZero();
            assertThat(output).contains("run 2 of sync warehouse ended: SUCCESS", "3 done");
            assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
            try (Ledger ledger = installation.ledger()) {
                assertThat(ledger.places()).containsOnlyKeys("DONE DONE");
            }

            assertThat(installation.commandWithinTests("--run=" + SYNC))
                    .as("a second night with nothing to do")
                    .isZero();
            assertThat(installation.commandWithinTests("--run=depot")).isEqualTo(7);
            assertThat(output.getErr()).contains("no sync is named \"depot\"; configured are [office, warehouse]");
        }
    }

    @Test
    void theExitCodeSaysThatDevicesWaitOrThatTheSyncIsQuarantined(@TempDir Path folder, CapturedOutput output) {
        PhoneFleet fleet = PhoneFleet.of(2, 13);
        try (Simulation simulation = Simulation.start(fleet)) {
            Installation installation = installation(folder, simulation).set(SYNC, "celona.provision.patience", "1s");
            fleet.phones().get(0).behaviour().online(false);

            assertThat(installation.command("--run=" + SYNC))
                    .satisfies(waiting ->
                            assertThat(waiting.exitCode()).as("%s", waiting).isEqualTo(2));

            fleet.phones().get(0).behaviour().online(true);
            String eid = fleet.phones().get(0).eid();
            assertThat(installation.commandWithinTests("--confirm=" + SYNC, "--eids=" + eid))
                    .as("%s", output)
                    .isZero();
            assertThat(installation.commandWithinTests("--confirm=" + SYNC, "--eids=4711"))
                    .as("%s", output)
                    .isEqualTo(7);
            assertThat(output.getErr()).contains("4711");
            assertThat(installation.commandWithinTests("--run=" + SYNC))
                    .as("%s", output)
                    .isZero();
            assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();

            simulation.jamf().faults().always("GET", "mobile-devices", Fault.status(403));
            assertThat(installation.commandWithinTests("--run=" + SYNC))
                    .as("%s", output)
                    .isEqualTo(4);
        }
    }
}
