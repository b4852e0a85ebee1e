package io.celonamdm.demo;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.simulator.DemoScenario;
import io.celonamdm.simulator.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The demo: the connector as it ships, one night long, against simulators of Jamf Pro and Celona. */
public class DemoApplication {
    private DemoApplication() {}

    /** Starts the simulators and the connector, whose first run begins at once. */
    public static void main(String[] args) throws IOException {
        Simulation simulation = DemoScenario.start().simulation();
        simulation
                .jamf()
                .settings()
                .extensionAttribute("Celona SM-DP+ address")
                .extensionAttribute("Celona eSIM state");
        Path data = Files.createTempDirectory("celona-mdm-demo");
        new SpringApplicationBuilder(ConnectorApplication.class, DemoNight.class)
                .properties(Map.of(
                        "spring.config.location",
                        "classpath:application.yaml,classpath:demo.yaml",
                        "demo.jamf-url",
                        simulation.jamf().url(),
                        "demo.celona-url",
                        simulation.celona().url(),
                        "demo.client-id",
                        Simulation.CLIENT_ID,
                        "demo.client-secret",
                        Simulation.CLIENT_SECRET,
                        "demo.api-key",
                        Simulation.API_KEY,
                        "demo.customer-id",
                        Simulation.CUSTOMER_ID,
                        "demo.data",
                        data.toString()))
                .run(args);
    }
}
