package io.celonamdm.operations.command;

import io.celonamdm.settings.source.KnownSyncs;
import io.celonamdm.sync.Syncs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The differences between a command and a process that keeps running: the one sync, no schedule, no ports. Its triggers
 * have a scheduler's name of their own in the job store, so that it fires nothing of another process, and a second call
 * for the same sync shares the work instead of doing it twice.
 */
class CommandEnvironment implements EnvironmentPostProcessor, Ordered {
    /** The name of no sync, since a sync's has no dot: a preflight looks at syncs, and has none to serve. */
    private static final String PREFLIGHT = "command.preflight";

    /** Quartz refuses a schedule whose first time is further away than a hundred years. */
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Optional<Command> command = Command.of(environment);
        if (command.isEmpty()) {
            return;
        }
        String sync = command.get().sync();
        boolean preflight = command.get().kind() == Command.Kind.PREFLIGHT;
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", -1);
        settings.put("management.server.port", -1);
        settings.put("spring.quartz.scheduler-name", preflight ? PREFLIGHT : "command-" + sync);
        if (preflight) {
            settings.put(Syncs.ONLY, PREFLIGHT);
        } else if (KnownSyncs.has(environment, sync)) {
            settings.put("connector.syncs." + sync + ".schedule", NEVER);
            settings.put(Syncs.ONLY, sync);
        }
        settings.put("logging.pattern.console", "%d{HH:mm:ss} %-5p %m%n%ex");
        // it warns of a context that ends within a second, as that of a preflight is meant to
        settings.put("logging.level.org.apache.camel.spring.boot.CamelSpringBootApplicationListener", "ERROR");
        if (Terminal.isThere()) {
            // the progress is shown in place of the log's lines
            settings.put("logging.threshold.console", "WARN");
        }
        if (command.get().kind() != Command.Kind.RUN) {
            Terminal.keepForResult();
        }
        environment.getPropertySources().addFirst(new MapPropertySource("command", settings));
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
