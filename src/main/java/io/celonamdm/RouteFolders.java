package io.celonamdm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where the routes are: {@code routes/} in the working directory, or in the jar where there is no such folder; routes of
 * the operator's own in {@code custom-routes/} come beside them.
 */
class RouteFolders implements EnvironmentPostProcessor {
    private static final String PATTERN = "camel.main.routes-include-pattern";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty(PATTERN)) {
            return;
        }
        String shipped = Files.isDirectory(Path.of("routes")) ? "file:routes" : "classpath:routes";
        String pattern = shipped + "/**/*.camel.yaml";
        if (Files.isDirectory(Path.of("custom-routes"))) {
            pattern += ",file:custom-routes/**/*.camel.yaml";
        }
        environment.getPropertySources().addLast(new MapPropertySource("routeFolders", Map.of(PATTERN, pattern)));
    }
}
