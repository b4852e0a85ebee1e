package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chart knows about the connector. */
class DeploymentTest {
    private static final int PHASE_BY_DEFAULT = 30;

    private final Manifests h2 = Chart.manifests(Chart.values("jamf"));
    private final Manifests postgresql = Chart.manifests(Chart.values("postgresql"));

    @Test
    void lintsWithoutAWarning() {
        assertThat(new Helm(Chart.FOLDER).lint().strict().call().isFailed()).isFalse();
    }

    @Test
    void twoProcessesNeverHoldOneLedgerFile() {
        Deployment deployment = h2.the(Deployment.class);

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void theLedgerOutlivesTheRelease() {
        assertThat(h2.the(PersistentVolumeClaim.class).getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep");
    }

    @Test
    void replicasShareOneDatabaseAndTheLimitsOfHosts() {
        assertThat(postgresql.the(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("RollingUpdate");
        assertThat(env(postgresql, "SPRING_DATASOURCE_URL"))
                .isEqualTo("jdbc:postgresql://db.example:6432/connector?sslmode=verify-full");
        assertThat(env(postgresql, "CONNECTOR_HTTP_REPLICAS")).isEqualTo("2");
        assertThat(env(h2, "CONNECTOR_HTTP_REPLICAS")).isEqualTo("1");
        assertThat(postgresql.pod().getVolumes()).noneMatch(each -> each.getPersistentVolumeClaim() != null);
    }

    /** Kubernetes kills what has not stopped by then, so it must not be less than what the connector may take. */
    @Test
    void stopsAreGivenTheTimeThatTheConnectorMayTake() throws Exception {
        JsonNode application = new YAMLMapper()
                .readTree(Path.of("src/main/resources/application.yaml").toFile());
        assertThat(application
                        .at("/spring/lifecycle/timeout-per-shutdown-phase")
                        .isMissingNode())
                .as("the default of Spring Boot holds")
                .isTrue();
        int longest = PHASE_BY_DEFAULT
                + application.at("/camel/main/shutdown-timeout").asInt();
        JsonNode schema = new YAMLMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());

        assertThat(h2.pod().getTerminationGracePeriodSeconds()).isGreaterThan(longest);
        assertThat(schema.at("/properties/terminationGracePeriodSeconds/minimum")
                        .asInt())
                .isGreaterThan(longest);
    }

    /** Of a Service that is named connector, Kubernetes would make variables that the connector refuses as settings. */
    @Test
    void noServiceBecomesASetting() {
        assertThat(h2.pod().getEnableServiceLinks()).isFalse();
    }

    @Test
    void generatedLoginsAreWholeAndHashed() {
        var login = h2.the(Secret.class).getStringData();

        assertThat(login)
                .containsEntry("operator-username", "operator")
                .containsEntry("viewer-username", "viewer")
                .hasSize(6);
        assertThat(login.get("operator-password-hash")).matches("\\{bcrypt}\\$2a\\$10\\$[./A-Za-z0-9]{53}");
        assertThat(login.get("viewer-password")).hasSize(32).isNotEqualTo(login.get("operator-password"));
        assertThat(postgresql.all(Secret.class)).isEmpty();
    }

    /** An upgrade that made new passwords would lock everybody out, Prometheus first. */
    @Test
    void generatedLoginsAreKeptOverUpgrades() {
        String name = h2.the(Secret.class).getMetadata().getName();
        Chart.CLUSTER.put(name, "{\"viewer-password\": \"bXkgb3du\"}");
        try {
            Secret kept = Manifests.read(Chart.render(Chart.values("jamf"))).the(Secret.class);

            assertThat(kept.getData()).isEqualTo(Map.of("viewer-password", "bXkgb3du"));
            assertThat(kept.getStringData()).isNullOrEmpty();
        } finally {
            Chart.CLUSTER.remove(name);
        }
    }

    @Test
    void variablesStayVariablesInTheSettings() throws Exception {
        JsonNode settings =
                new YAMLMapper().readTree(h2.the(ConfigMap.class).getData().get("application.yaml"));

        assertThat(settings.at("/connector/syncs/warehouse/celona/api-key").textValue())
                .isEqualTo("${CELONA_API_KEY}");
        assertThat(settings.at("/connector/syncs/warehouse/celona/customer-id").textValue())
                .isEqualTo("104242");
    }

    @Test
    void anOwnSettingOfAHostStaysBesideTheProxy() throws Exception {
        JsonNode settings = new YAMLMapper()
                .readTree(postgresql.all(ConfigMap.class).stream()
                        .map(ConfigMap::getData)
                        .filter(data -> data.containsKey("application.yaml"))
                        .findFirst()
                        .orElseThrow()
                        .get("application.yaml"));
        JsonNode host = settings.at("/connector/http/hosts").get("[api.celona.io]");

        assertThat(host.path("max-connections").intValue()).isEqualTo(4);
        assertThat(host.path("proxy").textValue()).isEqualTo("http://proxy.example:3128");
        assertThat(host.path("ssl-bundle").textValue()).isEqualTo("outbound");
    }

    @Test
    void aProxyWithoutHostsCountsForAll() throws Exception {
        Manifests all = Chart.manifests(
                Chart.values("jamf"),
                "outbound.proxy=http://proxy.example:3128",
                "outbound.noProxy[0]=*.intranet.example",
                "outbound.caBundle.secret=company-ca");
        JsonNode http = new YAMLMapper()
                .readTree(all.the(ConfigMap.class).getData().get("application.yaml"))
                .at("/connector/http");

        assertThat(http.path("proxy").textValue()).isEqualTo("http://proxy.example:3128");
        assertThat(http.path("ssl-bundle").textValue()).isEqualTo("outbound");
        assertThat(http.path("no-proxy").path(0).textValue()).isEqualTo("*.intranet.example");
        assertThat(http.has("hosts")).isFalse();
    }

    @Test
    void changedSettingsOrRoutesStartNewPods() {
        Manifests changed = Chart.manifests(Chart.values("jamf"), "config.connector.syncs.warehouse.paused=true");
        // the connector reads files of syncs again by itself
        Manifests same = Chart.manifests(Chart.values("jamf"), "syncFiles.more\\.yaml=store: {}");

        assertThat(checksums(changed)).isNotEqualTo(checksums(h2));
        assertThat(checksums(same)).isEqualTo(checksums(h2));
    }

    @Test
    void onlyNamedNamespacesReachTheManagementPort() {
        assertThat(managementPeers(postgresql))
                .filteredOn(peer -> peer.getNamespaceSelector() != null)
                .singleElement()
                .satisfies(peer -> assertThat(peer.getNamespaceSelector().getMatchExpressions())
                        .singleElement()
                        .satisfies(each -> {
                            assertThat(each.getKey()).isEqualTo("kubernetes.io/metadata.name");
                            assertThat(each.getOperator()).isEqualTo("In");
                            assertThat(each.getValues()).containsExactly("monitoring");
                        }));
        assertThat(managementPeers(h2))
                .as("the chart's own test alone")
                .singleElement()
                .satisfies(peer -> {
                    assertThat(peer.getNamespaceSelector()).isNull();
                    assertThat(peer.getPodSelector().getMatchLabels())
                            .containsEntry("app.kubernetes.io/component", "test");
                });
    }

    private static List<NetworkPolicyPeer> managementPeers(Manifests release) {
        return release.the(NetworkPolicy.class).getSpec().getIngress().stream()
                .filter(rule -> rule.getPorts().get(0).getPort().getStrVal().equals("management"))
                .flatMap(rule -> rule.getFrom().stream())
                .toList();
    }

    @Test
    void onlyWhatIsNeededLeavesThePod() {
        assertThat(postgresql.the(NetworkPolicy.class).getSpec().getEgress())
                .flatExtracting(each -> each.getPorts())
                .extracting(each -> each.getPort().getIntVal())
                .containsExactly(53, 53, 443, 6432, 3128);
        assertThat(h2.the(NetworkPolicy.class).getSpec().getEgress())
                .flatExtracting(each -> each.getPorts())
                .extracting(each -> each.getPort().getIntVal())
                .containsExactly(53, 53, 443);
    }

    private static Object checksums(Manifests release) {
        return release.the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }

    private static String env(Manifests release, String name) {
        return release.container().getEnv().stream()
                .filter(each -> each.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }
}
