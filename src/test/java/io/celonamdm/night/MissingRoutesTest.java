package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.sync.MissingRoutesException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A sync whose platform nobody provides. */
@ExtendWith(OutputCaptureExtension.class)
class MissingRoutesTest {
    @Test
    void theStartEndsAndSaysWhichRoutesAreMissing(CapturedOutput output) {
        SpringApplicationBuilder connector = new SpringApplicationBuilder(ConnectorApplication.class);

        assertThatThrownBy(() -> connector.run(
                        "--spring.config.location=classpath:application.yaml",
                        "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
                        "--spring.quartz.properties.org.quartz.scheduler.instanceName=" + UUID.randomUUID(),
                        "--server.port=0",
                        "--management.server.port=0",
                        "--connector.syncs.a.schedule=0 30 4 * * ?",
                        "--connector.syncs.a.mdm.platform=fletdesk",
                        "--connector.syncs.a.mdm.push=command,attribute",
                        "--connector.syncs.a.celona.customer-id=104242",
                        "--connector.syncs.a.celona.api-key=hush"))
                .isInstanceOf(MissingRoutesException.class);

        assertThat(output)
                .contains("connector.syncs.a.mdm.platform: platform fletdesk has no route fletdesk-devices")
                .contains("connector.syncs.a.mdm.platform: platform fletdesk has no route fletdesk-push")
                .contains("connector.syncs.a.mdm.push: platform fletdesk has no route fletdesk-attribute")
                .contains("put its route file into custom-routes/")
                .doesNotContain("hush");
    }
}
