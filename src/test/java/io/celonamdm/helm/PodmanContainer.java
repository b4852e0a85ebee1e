package io.celonamdm.helm;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A container of an image, run by podman as a pod's container would be by Kubernetes. Nothing but itself can reach it. */
final class PodmanContainer implements AutoCloseable {
    private static final List<String> PODMAN = List.of("podman", "--runtime", "runc", "--cgroup-manager", "cgroupfs");

    private final String id;

    private PodmanContainer(String id) {
        this.id = id;
    }

    /** What a program said, and how it ended. */
    record Ended(int exitCode, String output) {
        Ended orFail() {
            if (exitCode != 0) {
                throw new AssertionError(output);
            }
            return this;
        }
    }

    /**
     * Starts a container.
     *
     * @param release has the pod, whose security, limits, mounts and variables count
     * @param root has the pod's files, which are laid out below it by their paths
     */
    static PodmanContainer start(String image, Manifests release, Path root) {
        List<String> command = new ArrayList<>(PODMAN);
        command.addAll(List.of("run", "--detach", "--pull=never", "--no-healthcheck", "--network=none"));
        // less than what a machine in a machine may not raise
        command.addAll(List.of("--ulimit=nofile=4096:4096", "--ulimit=nproc=4096:4096"));
        command.addAll(security(release));
        Quantity memory = release.container().getResources().getLimits().get("memory");
        command.add("--memory=" + Quantity.getAmountInBytes(memory));
        for (VolumeMount mount : release.container().getVolumeMounts()) {
            String path = mount.getMountPath();
            command.add(
                    path.equals("/tmp")
                            ? "--tmpfs=/tmp:rw,mode=1777"
                            : "--volume=" + root + path + ":" + path
                                    + (Boolean.TRUE.equals(mount.getReadOnly()) ? ":ro" : ""));
        }
        for (EnvVar each : release.container().getEnv()) {
            command.add("--env=" + each.getName() + "=" + value(release, each));
        }
        command.add(image);
        String output = run(command).orFail().output;
        return new PodmanContainer(output.lines().reduce((first, last) -> last).orElseThrow());
    }

    private static List<String> security(Manifests release) {
        PodSecurityContext pod = release.pod().getSecurityContext();
        SecurityContext container = release.container().getSecurityContext();
        List<String> options = new ArrayList<>();
        options.add("--user=" + pod.getRunAsUser() + ":" + pod.getRunAsGroup());
        if (Boolean.TRUE.equals(container.getReadOnlyRootFilesystem())) {
            options.add("--read-only");
            options.add("--read-only-tmpfs=false");
        }
        if (Boolean.FALSE.equals(container.getAllowPrivilegeEscalation())) {
            options.add("--security-opt=no-new-privileges");
        }
        container.getCapabilities().getDrop().forEach(each -> options.add("--cap-drop=" + each));
        return options;
    }

    private static String value(Manifests release, EnvVar variable) {
        String value = variable.getValue() == null
                ? release.the(Secret.class)
                        .getStringData()
                        .get(variable.getValueFrom().getSecretKeyRef().getKey())
                : variable.getValue();
        return Objects.requireNonNull(value);
    }

    /** Runs a program inside. */
    Ended exec(String... command) {
        return podman(Stream.concat(Stream.of("exec", id), Stream.of(command)));
    }

    String log() {
        return podman(Stream.of("logs", id)).output;
    }

    boolean isRunning() {
        return podman(Stream.of("inspect", "--format", "{{.State.Running}}", id))
                .output
                .contains("true");
    }

    /** Asks it to stop, and has it killed after a time: its exit code. */
    int stop(long seconds) {
        podman(Stream.of("stop", "--time", String.valueOf(seconds), id)).orFail();
        return Integer.parseInt(podman(Stream.of("inspect", "--format", "{{.State.ExitCode}}", id))
                .orFail()
                .output
                .strip());
    }

    @Override
    public void close() {
        podman(Stream.of("rm", "--force", id));
    }

    private static Ended podman(Stream<String> arguments) {
        return run(Stream.concat(PODMAN.stream(), arguments).toList());
    }

    /** Runs a program to its end. */
    static Ended run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
