package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.rings.Slow;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.sync.MissingRoutesException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The error for settings that are valid but refer to something missing. */
@ExtendWith(OutputCaptureExtension.class)
@Slow
class RefusedStartTest {
    private static void start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.location=classpath:application.yaml",
                "--ledger-of-a-test=true",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "--spring.quartz.properties.org.quartz.scheduler.instanceName=" + UUID.randomUUID(),
                "--server.port=0",
                "--management.server.port=0",
                "--connector.syncs.a.schedule=0 30 4 * * ?",
                "--connector.syncs.a.celona.customer-id=104242",
                "--connector.syncs.a.celona.api-key=hush"));
        arguments.addAll(List.of(settings));
        new SpringApplicationBuilder(ConnectorApplication.class).run(arguments.toArray(String[]::new));
    }

    @Test
    void aPlatformThatNobodyProvides(CapturedOutput output) {
        assertThatThrownBy(() -> start(
                        "--connector.syncs.a.mdm.platform=fletdesk", "--connector.syncs.a.mdm.push=command,attribute"))
                .isInstanceOf(MissingRoutesException.class);

        assertThat(output)
                .contains("connector.syncs.a.mdm.platform: platform fletdesk has no route fletdesk-devices")
                .contains("connector.syncs.a.mdm.platform: platform fletdesk has no route fletdesk-push")
                .contains("connector.syncs.a.mdm.push: platform fletdesk has no route fletdesk-attribute")
                .contains("put its route file into custom-routes/")
                .doesNotContain("hush");
    }

    @Test
    void aTemplateThatNobodyProvides(CapturedOutput output) {
        assertThatThrownBy(() -> start(
                        "--connector.syncs.a.mdm.platform=csv",
                        "--connector.syncs.a.mdm.folder=target/refused-start",
                        "--connector.notifications.ops.to=https://chat.example.com/hooks/hush",
                        "--connector.notifications.ops.template=slak.json"))
                .hasRootCauseInstanceOf(InvalidSettingsException.class);

        assertThat(output)
                .contains(
                        "- connector.notifications.ops.template = slak.json: config/templates/slak.json cannot be used: ")
                .contains("Correct the settings and start again.")
                .doesNotContain("\tat ")
                .doesNotContain("hush");
    }
}
