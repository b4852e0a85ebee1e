package io.celonamdm.helm;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file system of a pod, laid out below a folder as a kubelet would: a mounted map is a folder of links into a hidden
 * one ({@code ..data}), a mount with a sub-path is a plain file.
 */
final class Mounts {
    private final Path root;
    private final Manifests release;
    private final Map<String, Map<String, String>> outside;

    /** @param outside ConfigMaps and Secrets that the release does not make itself, by name */
    Mounts(Path root, Manifests release, Map<String, Map<String, String>> outside) {
        this.root = root;
        this.release = release;
        this.outside = outside;
    }

    void lay() throws IOException {
        for (VolumeMount mount : release.container().getVolumeMounts()) {
            Path target = Path.of(root + mount.getMountPath());
            Map<String, String> files = files(mount.getName());
            if (mount.getSubPath() != null) {
                Files.createDirectories(target.getParent());
                Files.writeString(target, text(files, mount.getSubPath()));
            } else {
                layFolder(Files.createDirectories(target), files);
            }
        }
    }

    private void layFolder(Path folder, Map<String, String> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Path hidden = Files.createDirectory(folder.resolve("..2026_11_24_02_00_00.1"));
        Files.createSymbolicLink(folder.resolve("..data"), hidden.getFileName());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = hidden.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
            Path first = hidden.relativize(target).getName(0);
            if (!Files.exists(folder.resolve(first))) {
                Files.createSymbolicLink(
                        folder.resolve(first), Path.of("..data").resolve(first));
            }
        }
    }

    private Map<String, String> files(String name) {
        Volume volume = release.pod().getVolumes().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        if (volume.getSecret() != null) {
            return outside.getOrDefault(volume.getSecret().getSecretName(), Map.of());
        }
        if (volume.getConfigMap() == null) {
            return Map.of();
        }
        Map<String, String> data = release.all(ConfigMap.class).stream()
                .filter(each -> each.getMetadata()
                        .getName()
                        .equals(volume.getConfigMap().getName()))
                .findFirst()
                .map(ConfigMap::getData)
                .orElseGet(() -> outside.getOrDefault(volume.getConfigMap().getName(), Map.of()));
        if (volume.getConfigMap().getItems().isEmpty()) {
            return data;
        }
        Map<String, String> items = new TreeMap<>();
        volume.getConfigMap().getItems().forEach(item -> items.put(item.getPath(), text(data, item.getKey())));
        return items;
    }

    private static String text(Map<String, String> data, String key) {
        String text = data.get(key);
        if (text == null) {
            throw new AssertionError("nothing has the key " + key + ": " + data.keySet());
        }
        return text;
    }
}
