package io.celonamdm;

import io.celonamdm.operations.command.Arguments;
import io.celonamdm.operations.command.Command;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The connector: pulls devices from an MDM every night and sees each one through to its Celona eSIM. */
@SpringBootApplication
@EnableScheduling
public class ConnectorApplication {
    /**
     * Starts the connector; settings come from {@code config/application.yaml}, the environment and the arguments. With
     * {@code --run=<sync>} or {@code --plan=<sync>} it does that, and ends. A verb, a question or a mistake starts nothing.
     */
    public static void main(String[] args) {
        Arguments arguments = Arguments.of(args);
        if (arguments.isOver()) {
            System.exit(arguments.exitCode().getAsInt());
        }
        try {
            ConfigurableApplicationContext connector = SpringApplication.run(
                    ConnectorApplication.class, arguments.toStart().toArray(String[]::new));
            if (Command.of(connector.getEnvironment()).isPresent()) {
                System.exit(SpringApplication.exit(connector));
            }
        } catch (AbandonedRunException e) {
            // a signal ends the process, with its own exit code
        }
    }
}
