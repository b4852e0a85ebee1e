package io.celonamdm;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The connector: pulls devices from an MDM every night and sees each one through to its Celona eSIM. */
@SpringBootApplication
@EnableScheduling
public class ConnectorApplication {
    /** Starts the connector; settings come from {@code config/application.yaml}, the environment and the arguments. */
    public static void main(String[] args) {
        SpringApplication.run(ConnectorApplication.class, args);
    }
}
