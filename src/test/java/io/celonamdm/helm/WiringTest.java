package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that mean each other name each other rightly, whatever the values are. */
class WiringTest {
    static Stream<Manifests> installations() {
        return Chart.valuesFiles().stream().map(Chart::manifests);
    }

    static Stream<Manifests> servers() {
        return installations().filter(Manifests::stays);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void selectorsMeetThePodsOfTheConnectorAndNoOther(Manifests release) {
        List<Map<String, String>> tests = release.all(Pod.class).stream()
                .map(each -> each.getMetadata().getLabels())
                .toList();
        Stream<Map<String, String>> selectors = Stream.of(
                        release.all(Service.class).stream()
                                .map(each -> each.getSpec().getSelector()),
                        release.all(Deployment.class).stream()
                                .map(each -> each.getSpec().getSelector().getMatchLabels()),
                        release.all(PodDisruptionBudget.class).stream()
                                .map(each -> each.getSpec().getSelector().getMatchLabels()),
                        release.all(NetworkPolicy.class).stream()
                                .map(each -> each.getSpec().getPodSelector().getMatchLabels()),
                        release.pod().getTopologySpreadConstraints().stream()
                                .map(each -> each.getLabelSelector())
                                .filter(each -> each != null)
                                .map(LabelSelector::getMatchLabels))
                .flatMap(each -> each);

        assertThat(selectors.toList())
                .hasSizeGreaterThanOrEqualTo(release.stays() ? 3 : 1)
                .allSatisfy(
                        selector -> assertThat(release.podLabels()).isNotEmpty().containsAllEntriesOf(selector))
                .noneSatisfy(selector ->
                        assertThat(tests).anySatisfy(test -> assertThat(test).containsAllEntriesOf(selector)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void portsThatAreNamedExist(Manifests release) {
        List<String> ports = release.container().getPorts().stream()
                .map(ContainerPort::getName)
                .toList();

        assertThat(release.all(Service.class))
                .flatExtracting(each -> each.getSpec().getPorts())
                .extracting(each -> each.getTargetPort().getStrVal())
                .containsExactlyInAnyOrderElementsOf(ports);
        assertThat(release.all(NetworkPolicy.class))
                .flatExtracting(each -> each.getSpec().getIngress())
                // whoever may reach the page may not reach the management port because of it
                .allSatisfy(rule -> assertThat(rule.getPorts()).hasSize(1))
                .flatExtracting(each -> each.getPorts())
                .allSatisfy(port -> assertThat(ports).contains(port.getPort().getStrVal()));
        Container container = release.container();
        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .extracting(each -> each.getHttpGet().getPort().getStrVal())
                .containsOnly("management");
    }

    @ParameterizedTest
    @MethodSource("installations")
    void everyMountHasItsVolumeAndEveryVolumeItsObject(Manifests release) {
        assertThat(release.pod().getVolumes())
                .extracting(Volume::getName)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(release.container().getVolumeMounts().stream()
                        .map(VolumeMount::getName)
                        .distinct()
                        .toList());
        assertThat(release.container().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .doesNotHaveDuplicates();
        List<String> maps = names(release.all(ConfigMap.class)).stream()
                .filter(each -> !each.endsWith("-dashboard"))
                .toList();
        assertThat(release.pod().getVolumes())
                .filteredOn(each -> each.getConfigMap() != null)
                .extracting(each -> each.getConfigMap().getName())
                .filteredOn(each -> !each.equals("company-ca"))
                .containsExactlyInAnyOrderElementsOf(maps);
        for (VolumeMount mount : release.container().getVolumeMounts()) {
            if (mount.getSubPath() != null) {
                assertThat(release.all(ConfigMap.class))
                        .flatExtracting(each -> each.getData().keySet())
                        .contains(mount.getSubPath());
            }
        }
        assertThat(release.pod().getVolumes())
                .filteredOn(each -> each.getName().equals("config"))
                .flatExtracting(each -> each.getConfigMap().getItems())
                .extracting(KeyToPath::getKey)
                .containsExactlyInAnyOrderElementsOf(release.all(ConfigMap.class).stream()
                        .filter(each -> each.getMetadata().getName().endsWith("-config"))
                        .flatMap(each -> each.getData().keySet().stream())
                        .toList());
        List<String> claims = names(release.all(PersistentVolumeClaim.class));
        assertThat(release.pod().getVolumes())
                .filteredOn(each -> each.getPersistentVolumeClaim() != null)
                .extracting(each -> each.getPersistentVolumeClaim().getClaimName())
                .filteredOn(each -> !each.equals("ledger"))
                .containsExactlyInAnyOrderElementsOf(claims);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void loginsComeFromTheSecretThatIsThere(Manifests release) {
        assertThat(release.container().getEnv())
                .filteredOn(each -> each.getName().startsWith("CONNECTOR_SECURITY_USERS_"))
                .extracting(each -> each.getName() + "="
                        + (each.getValueFrom() == null
                                ? each.getValue()
                                : each.getValueFrom().getSecretKeyRef().getKey()))
                .containsExactlyInAnyOrder(
                        "CONNECTOR_SECURITY_USERS_OPERATOR_ROLE=OPERATOR",
                        "CONNECTOR_SECURITY_USERS_OPERATOR_PASSWORD=operator-password-hash",
                        "CONNECTOR_SECURITY_USERS_VIEWER_ROLE=VIEWER",
                        "CONNECTOR_SECURITY_USERS_VIEWER_PASSWORD=viewer-password-hash");
        List<String> used = release.container().getEnv().stream()
                .filter(each -> each.getName().matches("CONNECTOR_SECURITY_USERS_.*_PASSWORD"))
                .map(each -> each.getValueFrom().getSecretKeyRef().getName())
                .distinct()
                .toList();
        List<String> made = names(release.all(Secret.class));
        assertThat(used).hasSize(1).isEqualTo(made.isEmpty() ? List.of("celona-mdm-logins") : made);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void prometheusFindsTheManagementServiceAlone(Manifests release) {
        for (ServiceMonitor monitor : release.all(ServiceMonitor.class)) {
            Map<String, String> selector = monitor.getSpec().getSelector().getMatchLabels();
            assertThat(release.all(Service.class))
                    .filteredOn(
                            each -> each.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                    .flatExtracting(each -> each.getSpec().getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getName())
                            .isEqualTo(monitor.getSpec().getEndpoints().get(0).getPort()));
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void namesAreShortAndTheAccountExists(Manifests release) {
        assertThat(release.objects())
                .extracting(each -> each.getMetadata().getName())
                .allSatisfy(
                        name -> assertThat(name).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9-]*[a-z0-9]"));
        // the name of a Job is that of its CronJob with eleven characters more
        assertThat(names(release.all(CronJob.class)))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(52));
        List<String> accounts = names(release.all(ServiceAccount.class));
        assertThat(release.pods())
                .extracting(each -> each.getServiceAccountName())
                .containsOnly(accounts.isEmpty() ? "tools" : accounts.get(0));
    }

    /** The release must have rendered at least one of everything that is optional, or nothing above looks at it. */
    @ParameterizedTest
    @MethodSource("kinds")
    void someInstallationHasIt(Class<? extends HasMetadata> kind) {
        assertThat(installations().flatMap(each -> each.all(kind).stream())).isNotEmpty();
    }

    static Stream<Class<? extends HasMetadata>> kinds() {
        return Stream.of(
                Secret.class,
                PersistentVolumeClaim.class,
                PodDisruptionBudget.class,
                NetworkPolicy.class,
                ServiceMonitor.class,
                PrometheusRule.class,
                CronJob.class,
                ServiceAccount.class);
    }

    private static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(each -> each.getMetadata().getName()).toList();
    }
}
