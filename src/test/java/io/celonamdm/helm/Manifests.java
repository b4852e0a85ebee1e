package io.celonamdm.helm;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The objects of a release, as Kubernetes would read them. */
record Manifests(List<HasMetadata> objects) {

    /** Reads what Helm has rendered, and refuses what Kubernetes would. */
    static Manifests read(String rendered) {
        return new Manifests(Stream.of(rendered.split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(StrictModel::read)
                .toList());
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only object of a kind. */
    <T extends HasMetadata> T the(Class<T> kind) {
        List<T> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind.getSimpleName());
        }
        return found.get(0);
    }

    /** Whether a process of the connector stays, in place of one for each night. */
    boolean stays() {
        return !all(Deployment.class).isEmpty();
    }

    /** What pods of the connector are made of: the Deployment's, or those of CronJobs. */
    List<PodTemplateSpec> templates() {
        return Stream.concat(
                        all(Deployment.class).stream()
                                .map(each -> each.getSpec().getTemplate()),
                        all(CronJob.class).stream()
                                .map(each -> each.getSpec()
                                        .getJobTemplate()
                                        .getSpec()
                                        .getTemplate()))
                .toList();
    }

    /** The pods of the connector. */
    PodSpec pod() {
        return templates().get(0).getSpec();
    }

    Map<String, String> podLabels() {
        return templates().get(0).getMetadata().getLabels();
    }

    Container container() {
        return pod().getContainers().get(0);
    }

    /** Everything that becomes a pod, the test's included. */
    List<PodSpec> pods() {
        return Stream.concat(
                        templates().stream().map(PodTemplateSpec::getSpec),
                        all(Pod.class).stream().map(Pod::getSpec))
                .toList();
    }
}
