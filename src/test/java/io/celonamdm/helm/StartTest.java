package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.simulator.web.Client;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector starts with the environment and the files that its Deployment gives it, and answers its probes. */
class StartTest {
    private static final Map<String, String> SECRETS =
            Map.of("JAMF_CLIENT_ID", "client", "JAMF_CLIENT_SECRET", "secret", "CELONA_API_KEY", "key");

    /** Whatever could be mounted wrongly: secrets, an authority, a platform of one's own, syncs and templates in files. */
    @Test
    void theConnectorStartsAsItsDeploymentSays(@TempDir Path root) throws Exception {
        Path values = Files.writeString(root.resolve("values.yaml"), values());
        Manifests release = Chart.manifests(values);
        Mounts mounts = new Mounts(
                root,
                release,
                Map.of("celona-mdm-secrets", SECRETS, "company-ca", Map.of("company.pem", certificate())));
        mounts.lay();
        int port = freePort();
        Process process = start(release, mounts, root, port);
        try {
            Client actuator = new Client("http://127.0.0.1:" + port, "Accept", "application/json");
            Awaitility.await("readiness")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> !process.isAlive()
                            || isOk(
                                    actuator,
                                    release.container().getReadinessProbe().getHttpGet()));
            assertThat(process.isAlive()).as(log(root)).isTrue();
            assertThat(isOk(actuator, release.container().getLivenessProbe().getHttpGet()))
                    .isTrue();
            assertThat(isOk(actuator, release.container().getStartupProbe().getHttpGet()))
                    .isTrue();
            assertThat(root.resolve("app/data/ledger.mv.db")).exists();
            assertThat(actuator.get("/actuator/syncs").status()).isEqualTo(401);
            assertThat(viewer(release, port).get("/actuator/syncs").body())
                    .contains("warehouse", "trucks", "store-reno");

            process.destroy();
            assertThat(process.waitFor(release.pod().getTerminationGracePeriodSeconds(), TimeUnit.SECONDS))
                    .as("it stops within its grace period")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Manifests release, Mounts mounts, Path root, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                classPath(),
                ConnectorApplication.class.getName());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SPRING_") || name.startsWith("CONNECTOR_"));
        for (EnvVar each : release.container().getEnv()) {
            String value = each.getValue() == null
                    ? release.the(Secret.class)
                            .getStringData()
                            .get(each.getValueFrom().getSecretKeyRef().getKey())
                    : each.getValue();
            environment.put(each.getName(), mounts.moved(Objects.requireNonNull(value)));
        }
        // beside whatever else runs here, and for nobody else
        environment.putAll(Map.of(
                "SERVER_PORT", "0",
                "SERVER_ADDRESS", "127.0.0.1",
                "MANAGEMENT_SERVER_PORT", String.valueOf(port),
                "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1"));
        return builder.directory(root.resolve("app").toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log").toFile())
                .start();
    }

    /** With the login that the Secret has for Prometheus. */
    private static Client viewer(Manifests release, int port) {
        Map<String, String> login = release.the(Secret.class).getStringData();
        String basic = login.get("viewer-username") + ":" + login.get("viewer-password");
        return new Client(
                "http://127.0.0.1:" + port,
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without a login, as a kubelet asks. */
    private static boolean isOk(Client actuator, HTTPGetAction probe) {
        try {
            return actuator.get(probe.getPath()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The values of ci/, on H2, with a second sync on the example platform in {@code custom-routes/}. */
    private static String values() throws IOException {
        String example = Files.readString(Path.of("docs/examples/fleetdesk.camel.yaml"));
        return """
                config:
                  connector:
                    syncs:
                      warehouse:
                        schedule: "0 30 4 * * ?"
                        time-zone: UTC
                        mdm:
                          platform: jamf
                          base-url: https://example.jamfcloud.com
                          client-id: ${JAMF_CLIENT_ID}
                          client-secret: ${JAMF_CLIENT_SECRET}
                          push: [command]
                        celona: &celona
                          customer-id: "104242"
                          api-key: ${CELONA_API_KEY}
                          smdp-hosts: ["*.go-esim.com"]
                        default-group: Field Crew
                      trucks:
                        schedule: "0 30 5 * * ?"
                        time-zone: UTC
                        mdm:
                          platform: fleetdesk
                          options: { url: "https://fleetdesk.example.com", token: "${CELONA_API_KEY}" }
                        celona: *celona
                        default-group: Field Crew
                    notifications:
                      night-watch: { to: "https://chat.example.com/hook", template: note.json }
                syncFiles:
                  reno.yaml: |
                    store-reno:
                      schedule: "0 0 6 * * ?"
                      mdm: { platform: csv, folder: data/reno }
                      celona: { customer-id: "104243", api-key: "${CELONA_API_KEY}", smdp-hosts: ["*.go-esim.com"] }
                      default-group: Field Crew
                notificationTemplates:
                  note.json: '{"text": "{{title}}"}'
                secrets:
                  files: [celona-mdm-secrets]
                outbound:
                  proxy: http://proxy.example:3128
                  caBundle: { configMap: company-ca, key: company.pem }
                customRoutes:
                  fleetdesk.camel.yaml: |
                """ + example.indent(4);
    }

    private static String log(Path root) throws IOException {
        return Files.readString(root.resolve("log"));
    }

    /** Any authority that this machine trusts, in PEM. */
    private static String certificate() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Certificate authority = Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(each -> Arrays.stream(each.getAcceptedIssuers()))
                .findFirst()
                .orElseThrow();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** What the product ships, without the classes of the tests. */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(tests.split(File.pathSeparator)).stream()
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
