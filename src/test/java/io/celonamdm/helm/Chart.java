package io.celonamdm.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart, rendered by Helm 3 without a cluster. */
final class Chart {
    static final Path FOLDER = Path.of("helm");
    static final String RELEASE = "esims";
    static final String KUBERNETES = "1.30.0";
    static final ApiServer CLUSTER = new ApiServer();

    /** A copy in which the test's pod is no hook, since Helm as a library does not show hooks. */
    static final Path WITHOUT_HOOKS = copy();

    private static final Map<Path, Manifests> READ = new ConcurrentHashMap<>();

    private Chart() {}

    /** The values with which the chart is tried, each of them a whole installation. */
    static List<Path> valuesFiles() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path values(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    /** What Helm makes of a values file, and of settings such as {@code replicaCount=2} that win over it. */
    static String render(Path values, String... settings) {
        TemplateCommand template = new Helm(WITHOUT_HOOKS)
                .template()
                .withName(RELEASE)
                .withNamespace("tools")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            template.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return template.call();
    }

    /** The objects of a release; those of a values file alone are read once, and are not to be changed. */
    static Manifests manifests(Path values, String... settings) {
        return settings.length == 0
                ? READ.computeIfAbsent(values, each -> Manifests.read(render(each)))
                : Manifests.read(render(values, settings));
    }

    private static Path copy() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Path copy = Files.createTempDirectory(Path.of("target"), "chart-without-hooks");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replaceAll("(?m)^ *helm.sh/hook.*\\n", ""));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
