package io.celonamdm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in monitoring/ is what Prometheus takes, and each alert says what to do. */
@Slow
class MonitoringTest {
    private static final Path NOTHING = Path.of("/dev/null");
    private static final Path RUNBOOKS = Path.of("docs", "runbooks");

    @TempDir
    Path folder = Path.of("");

    @Test
    void prometheusTakesTheAlerts() {
        assertThat(Promtool.run(NOTHING, "check", "rules", Monitoring.ALERTS.toString()))
                .contains(
                        "SUCCESS: %d rules found".formatted(Monitoring.alerts().size()));
    }

    @Test
    void alertsFireWhenTheyShould() {
        assertThat(Promtool.run(NOTHING, "test", "rules", Monitoring.ALERTS_TEST.toString()))
                .contains("SUCCESS");
        assertThat(Monitoring.testedAlerts())
                .containsExactlyInAnyOrderElementsOf(Monitoring.alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    @Test
    void eachAlertSaysWhatToDo() throws IOException {
        assertThat(Monitoring.alerts()).hasSizeGreaterThan(5).allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(alert.path("labels").path("code").asText()).matches("[a-z-]+");
            assertThat(alert.path("annotations").path("summary").asText()).hasSizeGreaterThan(20);
            String runbook = Files.readString(
                    Path.of(alert.path("annotations").path("runbook").asText()));
            assertThat(runbook)
                    .contains("`" + alert.path("alert").asText() + "`", "**What it means.**", "**Check", "**Fix");
        });
    }

    @Test
    void eachRunbookIsOfAnAlert() throws IOException {
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(Monitoring.alerts().stream()
                            .map(alert ->
                                    alert.path("annotations").path("runbook").asText())
                            .collect(Collectors.toSet()));
        }
    }

    /** Prometheus reads each expression of the dashboard as that of a recording rule. */
    @Test
    void prometheusUnderstandsTheDashboard() throws IOException {
        List<String> expressions = Monitoring.dashboard();
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - { record: 'panel:expression:%d', expr: '%s' }%n".formatted(i, expressions.get(i)));
        }
        Path file = Files.writeString(folder.resolve("dashboard.yaml"), rules);

        assertThat(Promtool.run(NOTHING, "check", "rules", file.toString()))
                .contains("SUCCESS: %d rules found".formatted(expressions.size()));
    }
}
