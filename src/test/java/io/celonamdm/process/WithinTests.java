package io.celonamdm.process;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.login.Login;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The connector started in the JVM of the tests, in a fraction of the time of a process. Its words are in the output of
 * the test. What needs a working directory, the standard output or an end without warning needs a {@link
 * ConnectorProcess}.
 */
final class WithinTests {
    private WithinTests() {}

    /**
     * Runs a command to its end, or the connector to the failure of its start.
     *
     * @return the exit code that the process would have
     */
    static int exitCode(Path folder, Path settings, List<String> arguments) {
        try {
            return SpringApplication.exit(run(folder, settings, arguments));
        } catch (RuntimeException e) {
            // as of a main method that throws
            return 1;
        }
    }

    /** Starts the connector and waits until it is ready. */
    static Connector start(Path folder, Path settings) {
        ConfigurableApplicationContext context =
                run(folder, settings, List.of("--connector.http.requests-per-second=100000"));
        int port = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        return new Connector(port) {
            @Override
            void stop() {
                context.close();
            }

            @Override
            String tail() {
                return "; see the output of the tests";
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    private static ConfigurableApplicationContext run(Path folder, Path settings, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.config.location=classpath:application.yaml,file:" + settings,
                "--connector.ledger.folder=" + folder.resolve("data"),
                "--server.port=0",
                "--management.server.port=0"));
        Login.settings().forEach((key, value) -> all.add("--" + key + "=" + value));
        // the last one of a name counts
        for (String argument : arguments) {
            all.removeIf(each -> each.startsWith(argument.replaceFirst("=.*", "=")));
            all.add(argument);
        }
        return SpringApplication.run(ConnectorApplication.class, all.toArray(String[]::new));
    }
}
