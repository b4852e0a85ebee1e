package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Helm 4 makes of the chart what Helm 3, which the build brings, does. It is the {@code helm} of the path. */
@EnabledIf(
        value = "isHere",
        disabledReason =
                "no Helm 4 on the path; .ci/run brings one, and helm.sh/docs/intro/install says how to install it")
@Slow
class Helm4Test {
    static boolean isHere() throws InterruptedException {
        try {
            return helm("version", "--short").startsWith("v4.");
        } catch (IOException e) {
            return false;
        }
    }

    static Stream<Path> valuesFiles() {
        return Chart.valuesFiles().stream();
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void rendersTheSame(Path values) throws Exception {
        Manifests rendered = Manifests.read(helm(
                "template",
                Chart.RELEASE,
                Chart.WITHOUT_HOOKS.toString(),
                "--namespace",
                "tools",
                "--kube-version",
                Chart.KUBERNETES,
                "-f",
                values.toString()));

        assertThat(comparable(rendered)).isEqualTo(comparable(Chart.manifests(values)));
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void lints(Path values) throws Exception {
        assertThat(helm("lint", "helm", "--strict", "--kube-version", Chart.KUBERNETES, "-f", values.toString()))
                .contains("0 chart(s) failed");
    }

    /** The notes are for whoever has just installed it: they name the release's own objects. */
    @ParameterizedTest
    @MethodSource("valuesFiles")
    void tellsWhatToDoNext(Path values) throws Exception {
        Manifests release = Chart.manifests(values);
        String notes = helm(
                "install",
                Chart.RELEASE,
                Chart.WITHOUT_HOOKS.toString(),
                "--namespace",
                "tools",
                "--dry-run=client",
                "-f",
                values.toString());
        notes = notes.substring(notes.indexOf("NOTES:"));

        assertThat(notes)
                .contains("kubectl --namespace tools")
                .contains(release.objects().stream()
                        .filter(each -> each instanceof Deployment || each instanceof CronJob)
                        .map(each -> each.getMetadata().getName())
                        .toList())
                .doesNotContain("<no value>");
    }

    /** Without the generated logins, which are others each time. */
    private static List<String> comparable(Manifests release) {
        return release.objects().stream()
                .filter(each -> !each.getKind().equals("Secret"))
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private static String helm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("helm"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
