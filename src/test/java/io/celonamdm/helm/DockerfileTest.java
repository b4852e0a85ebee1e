package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;

/** Image, chart and connector agree on user, folders, ports, probes and version. */
class DockerfileTest {
    private final Manifests release = Chart.manifests(Chart.values("jamf"));
    private final String image = read("Dockerfile");

    @Test
    void theUserIsTheNumberThatTheChartRunsAs() {
        assertThat(find("(?m)^USER (\\d+):\\d+$"))
                .containsExactly(
                        String.valueOf(release.pod().getSecurityContext().getRunAsUser()));
    }

    @Test
    void foldersOfTheChartAreBelowTheWorkingFolderOfTheImage() {
        String folder = find("(?m)^WORKDIR (/app)$").get(0);

        assertThat(release.container().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains(folder + "/config", folder + "/data");
        assertThat(image).contains("mkdir data && chown 10001:10001 data");
    }

    @Test
    void portsAreThoseOfTheConnector() throws Exception {
        JsonNode application = new YAMLMapper()
                .readTree(Path.of("src/main/resources/application.yaml").toFile());
        String page = application.at("/server/port").asText();
        String management = application.at("/management/server/port").asText();

        assertThat(find("(?m)^EXPOSE (.+)$")).containsExactly(page + " " + management);
        assertThat(release.container().getPorts())
                .extracting(each -> each.getContainerPort().toString())
                .containsExactly(page, management);
        assertThat(image)
                .contains("CMD [\"/app/probe\", \"127.0.0.1\", \"" + management + "\", \""
                        + release.container().getLivenessProbe().getHttpGet().getPath() + "\"]");
    }

    @Test
    void oneVersionIsEverywhere() throws Exception {
        String version = XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/version",
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse("pom.xml"));
        JsonNode chart =
                new YAMLMapper().readTree(Chart.FOLDER.resolve("Chart.yaml").toFile());

        assertThat(chart.path("appVersion").asText()).isEqualTo(version);
        assertThat(chart.path("version").asText()).isEqualTo(version);
        assertThat(find("image\\.version=\"([^\"]+)\"")).containsExactly(version);
        assertThat(release.container().getImage()).endsWith(":" + version);
    }

    @Test
    void theTestPodAsksWithTheProgramOfTheImage() {
        assertThat(release.pods().get(1).getContainers().get(0).getCommand())
                .startsWith("/app/probe", Chart.RELEASE + "-celona-mdm-connector-management", "8081");
        assertThat(image).contains("COPY src/main/docker/probe src/main/docker/connector ./");
        assertThat(Path.of("src/main/docker/probe")).isExecutable();
        assertThat(Path.of("src/main/docker/connector")).isExecutable();
    }

    private List<String> find(String pattern) {
        return Pattern.compile(pattern)
                .matcher(image)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
