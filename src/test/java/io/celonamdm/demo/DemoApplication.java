package io.celonamdm.demo;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.simulator.DemoScenario;
import io.celonamdm.simulator.DemoSettings;
import io.celonamdm.simulator.DemoStores;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The demo: the connector as it ships, one night and the morning after it, against simulators of Jamf Pro and Celona. */
public class DemoApplication {
    private DemoApplication() {}

    /** Starts the simulators and the connector, whose first run begins at once. */
    public static void main(String[] args) throws IOException {
        DemoScenario scenario = DemoScenario.start();
        Map<String, Object> settings = new HashMap<>(DemoSettings.of(scenario.simulation(), DemoStores.start()));
        settings.put("spring.config.location", "classpath:application.yaml,classpath:demo.yaml");
        settings.put("demo.data", Files.createTempDirectory("celona-mdm-demo").toString());
        new SpringApplicationBuilder(ConnectorApplication.class, DemoNight.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("demoScenario", scenario))
                .properties(settings)
                .run(args);
    }
}
