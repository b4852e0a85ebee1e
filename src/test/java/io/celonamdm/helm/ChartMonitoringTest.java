package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.celonamdm.rings.Slow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard of the chart are those of monitoring/, to which links lead from the chart. */
@Slow
class ChartMonitoringTest {
    private static final Path MONITORING = Path.of("monitoring");

    private final Manifests release = Chart.manifests(Chart.values("postgresql"));

    @Test
    void thereIsOneSourceOfThem() throws IOException {
        for (String file : List.of("alerts.yaml", "dashboard.json")) {
            assertThat(Chart.FOLDER.resolve("files").resolve(file).toRealPath())
                    .isEqualTo(MONITORING.resolve(file).toRealPath());
        }
    }

    @Test
    void alertsAreWhole() throws IOException {
        JsonNode expected =
                new YAMLMapper().readTree(MONITORING.resolve("alerts.yaml").toFile());
        JsonNode rules =
                new ObjectMapper().valueToTree(release.the(PrometheusRule.class).getSpec());
        for (JsonNode rule : rules.at("/groups/0/rules")) {
            ObjectNode annotations = (ObjectNode) rule.path("annotations");
            assertThat(annotations.remove("runbook_url").asText())
                    .isEqualTo("https://git.example/celona-mdm-connector/blob/main/"
                            + annotations.path("runbook").asText());
        }

        assertThat(rules.path("groups")).isEqualTo(expected.path("groups"));
    }

    /** Prometheus names its job after a label of the Service, which has the chart's name. */
    @Test
    void alertsAskForTheJobThatTheServiceMonitorMakes() {
        Manifests renamed = Chart.manifests(
                Chart.values("existing"),
                "prometheusRule.enabled=true",
                "serviceMonitor.enabled=true",
                "networkPolicy.managementNamespaces[0]=monitoring");

        assertThat(renamed.the(ServiceMonitor.class).getSpec().getJobLabel()).isEqualTo("app.kubernetes.io/name");
        assertThat(renamed.podLabels()).containsEntry("app.kubernetes.io/name", "esim");
        assertThat(renamed.the(PrometheusRule.class)
                        .getSpec()
                        .getGroups()
                        .get(0)
                        .getRules())
                .extracting(each -> each.getExpr().getStrVal())
                .contains("absent(up{job=\"esim\"} == 1)")
                .noneMatch(expression -> expression.contains("celona-mdm-connector"));
    }

    @Test
    void theDashboardIsWhole() throws IOException {
        ConfigMap dashboard = release.all(ConfigMap.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-dashboard"))
                .findFirst()
                .orElseThrow();

        assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        assertThat(new ObjectMapper().readTree(dashboard.getData().get("celona-mdm-connector.json")))
                .isEqualTo(new ObjectMapper().readTree(Files.readString(MONITORING.resolve("dashboard.json"))));
    }

    @Test
    void withoutTheOperatorThereIsNone() {
        Manifests plain = Chart.manifests(Chart.values("jamf"));

        assertThat(plain.all(PrometheusRule.class)).isEmpty();
        assertThat(plain.all(ServiceMonitor.class)).isEmpty();
    }
}
