package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.celonamdm.helm.PodmanContainer.Ended;
import io.celonamdm.rings.Slow;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Dockerfile as it is shipped, built and really started as the chart says, without Docker. It comes after the tests, for
 * what is inside of the image is the packed jar.
 */
@EnabledIf(
        value = "canRun",
        disabledReason = "needs root that may mount, and buildah, podman and runc: apt-get install buildah podman runc")
@Slow
class ImageCheck {
    private static final String BASE = "localhost/celona-mdm-connector-base:check";
    private static final String IMAGE = "localhost/celona-mdm-connector:check";
    /** The option of the chart that tells where each class came from. */
    private static final String CLASSES = "javaOptions=-Xlog:class+load:file=/tmp/classes.txt";

    private final Manifests release;

    ImageCheck(@TempDir Path folder) throws IOException {
        release = MuchMounted.release(folder, CLASSES);
    }

    static boolean canRun() {
        return System.getProperty("user.name").equals("root")
                && Stream.of("buildah", "podman", "runc").allMatch(ImageCheck::isHere)
                // a container that may not mount anything has no other inside of it
                && PodmanContainer.run(List.of("unshare", "--mount", "true")).exitCode() == 0;
    }

    private static boolean isHere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @BeforeAll
    static void build() {
        PodmanContainer.run(List.of("src/test/docker/base-image", BASE)).orFail();
        PodmanContainer.run(List.of(
                        "buildah",
                        "build",
                        "--isolation=chroot",
                        "--pull-never",
                        "--format=docker",
                        "--build-arg=BASE=" + BASE,
                        "--tag=" + IMAGE,
                        "."))
                .orFail();
    }

    @AfterAll
    static void forget() {
        PodmanContainer.run(List.of("buildah", "rmi", "--force", IMAGE, BASE));
    }

    @Test
    void theImageIsWhatTheChartTakesItFor() throws Exception {
        JsonNode image = new ObjectMapper()
                .readTree(PodmanContainer.run(List.of("buildah", "inspect", "--type=image", IMAGE))
                        .orFail()
                        .output())
                .at("/Docker/config");

        assertThat(image.path("User").asText())
                .isEqualTo(release.pod().getSecurityContext().getRunAsUser() + ":"
                        + release.pod().getSecurityContext().getRunAsGroup());
        assertThat(image.path("ExposedPorts").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(release.container().getPorts().stream()
                        .map(ContainerPort::getContainerPort)
                        .map(port -> port + "/tcp")
                        .toList());
        assertThat(image.at("/Healthcheck/Test/0").asText()).isEqualTo("CMD");
        assertThat(image.path("Labels").path("org.opencontainers.image.version").asText())
                .isEqualTo("0.1.0");
    }

    @Test
    void itRunsAsThePodSays(@TempDir Path root) throws Exception {
        new Mounts(root, release, MuchMounted.outside()).lay();
        asVolume(root.resolve("app/data"));
        try (PodmanContainer container = PodmanContainer.start(IMAGE, release, root)) {
            Container pod = release.container();
            Awaitility.await("readiness")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !container.isRunning()
                            || answers(
                                    container,
                                    pod.getReadinessProbe().getHttpGet().getPath()));
            assertThat(container.isRunning()).as(container.log()).isTrue();
            assertThat(answers(container, pod.getStartupProbe().getHttpGet().getPath()))
                    .isTrue();
            assertThat(answers(container, pod.getLivenessProbe().getHttpGet().getPath()))
                    .isTrue();
            assertThat(get(container, "/actuator/syncs", "X: y")).contains(" 401 ");
            assertThat(get(container, "/actuator/syncs", viewer()))
                    .contains(" 200 ", "warehouse", "trucks", "store-reno");
            assertThat(root.resolve("app/data/ledger.mv.db")).exists();
            hasNoPower(container);
            usesTheCache(container);
            startsQuietlyWithoutTheCache(container);

            assertThat(container.stop(release.pod().getTerminationGracePeriodSeconds()))
                    .as("ended by the signal, and not killed; %s", container.log())
                    .isEqualTo(143);
        }
    }

    private static void hasNoPower(PodmanContainer container) {
        assertThat(container
                        .exec("bash", "-c", "echo \"$(</proc/1/status)\"")
                        .orFail()
                        .output())
                .containsPattern("CapEff:\\s+0+\\n")
                .containsPattern("NoNewPrivs:\\s+1\\n")
                .containsPattern("Seccomp:\\s+2\\n")
                .containsPattern("Uid:\\s+10001\\s");
        assertThat(container.exec("bash", "-c", ": >/app/x").output()).contains("Read-only file system");
    }

    /** The cache is used, and was made by a start that had read the routes. */
    private static void usesTheCache(PodmanContainer container) {
        Ended shared = container.exec("bash", "-c", """
                while read -r line; do
                  case $line in *dsl.yaml*"shared objects file"*) ((++routes));; *"shared objects file"*) ((++others));; esac
                done </tmp/classes.txt
                ((others > 10000 && routes > 20)) || echo "$others classes are shared, of those for routes $routes"
                """);
        assertThat(shared.output()).isEmpty();
    }

    /** Options under which the cache cannot be used cost time, but neither the start nor a word in what others read. */
    private static void startsQuietlyWithoutTheCache(PodmanContainer container) {
        for (String option : List.of("-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedOops")) {
            Ended version = container.exec(
                    "bash", "-c", "JDK_JAVA_OPTIONS=%s /app/connector --version 2>/dev/null".formatted(option));
            assertThat(version.orFail().output().strip()).as(option).matches("celona-mdm-connector \\S+");
        }
    }

    /** What a kubelet does to a volume of a pod with a group for files. */
    private void asVolume(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setAttribute(
                folder,
                "unix:gid",
                Math.toIntExact(release.pod().getSecurityContext().getFsGroup()));
    }

    /** Without a login, by the program of the image's own health check. */
    private static boolean answers(PodmanContainer container, String path) {
        return container.exec("/app/probe", "127.0.0.1", "8081", path).exitCode() == 0;
    }

    /** With the login that the Secret has for Prometheus. */
    private String viewer() {
        Map<String, String> login = release.the(Secret.class).getStringData();
        String basic = login.get("viewer-username") + ":" + login.get("viewer-password");
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole answer to a GET with a header. */
    private static String get(PodmanContainer container, String path, String header) {
        return container.exec("bash", "-c", """
                        exec 3<>/dev/tcp/127.0.0.1/8081
                        printf 'GET %s HTTP/1.0\\r\\n%s\\r\\n\\r\\n' "$0" "$1" >&3
                        while read -r line || [[ $line ]]; do echo "$line"; line=; done <&3
                        """, path, header).output();
    }
}
