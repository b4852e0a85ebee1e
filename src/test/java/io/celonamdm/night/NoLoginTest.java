package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.rings.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** A connector without a configured login. */
@ExtendWith(OutputCaptureExtension.class)
@Slow
class NoLoginTest {
    private static final Pattern TOLD = Pattern.compile("signs in with the password (\\S+) ");

    private static ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.location=classpath:application.yaml",
                "--ledger-of-a-test=true",
                "--spring.datasource.url=jdbc:h2:mem:nologin",
                "--server.port=0",
                "--management.server.port=0"));
        arguments.addAll(List.of(more));
        return SpringApplication.run(ConnectorApplication.class, arguments.toArray(String[]::new));
    }

    @Test
    void makesUpAPasswordAndTellsItOnce(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start()) {
            Matcher told = TOLD.matcher(output.getOut());
            assertThat(told.find()).as("%s", output.getOut()).isTrue();
            String password = told.group(1);
            assertThat(told.find()).isFalse();

            String address = "http://127.0.0.1:%s/actuator/syncs"
                    .formatted(context.getEnvironment().getProperty("local.management.port"));
            assertThat(new TestRestTemplate("operator", password)
                            .getForEntity(address, String.class)
                            .getStatusCode()
                            .value())
                    .isEqualTo(200);
            assertThat(new TestRestTemplate()
                            .getForEntity(address, String.class)
                            .getStatusCode()
                            .value())
                    .isEqualTo(401);
        }
    }

    @Test
    void isReachedFromItsOwnMachineAlone(CapturedOutput output) {
        assertThatThrownBy(() -> start("--management.server.address=0.0.0.0").close());

        assertThat(output)
                .contains("management.server.address")
                .contains("No login is configured")
                .contains("connector.security.users");
    }
}
