package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod of the chart meets the Pod Security Standard "restricted", and a little more. */
class PodSecurityTest {
    static Stream<PodSpec> pods() {
        return Chart.valuesFiles().stream().flatMap(values -> Chart.manifests(values).pods().stream());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void isRestricted(PodSpec pod) {
        PodSecurityContext security = pod.getSecurityContext();
        assertThat(security.getRunAsNonRoot()).isTrue();
        assertThat(security.getRunAsUser()).isEqualTo(10001);
        assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getContainers()).isNotEmpty().allSatisfy(PodSecurityTest::isRestricted);
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
    }

    private static void isRestricted(Container container) {
        SecurityContext security = container.getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getPrivileged()).isNull();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(security.getRunAsUser()).isNull();
        assertThat(container.getPorts())
                .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void hasNoTokenAndItsResourcesAreLimited(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKey("memory");
        });
    }

    /** With a read-only root, whatever is written needs its volume: temporary files, and the ledger. */
    @ParameterizedTest
    @MethodSource("connectors")
    void whatIsWrittenHasAVolume(PodSpec pod) {
        boolean h2 = pod.getContainers().get(0).getEnv().stream()
                .noneMatch(each -> each.getName().equals("SPRING_DATASOURCE_URL"));
        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .filteredOn(each -> !Boolean.TRUE.equals(each.getReadOnly()))
                .extracting(VolumeMount::getMountPath)
                .containsExactlyElementsOf(h2 ? List.of("/tmp", "/app/data") : List.of("/tmp"));
    }

    static Stream<PodSpec> connectors() {
        return Chart.valuesFiles().stream()
                .map(values -> Chart.manifests(values).pod());
    }
}
