package io.celonamdm.settings.source;

import io.celonamdm.files.FileTrouble;
import io.celonamdm.settings.check.Keys;
import io.celonamdm.settings.check.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.DigestUtils;

/**
 * The files with further syncs beside {@code application.yaml}. Each has one or more syncs by name, as below {@code
 * connector.syncs}. So a block can move between files unchanged, and renaming a file renames no sync: the sync's name
 * identifies its devices in the ledger. A file is parsed again only if it has changed.
 */
final class SyncFiles {
    /** The prefix of the source's name. */
    static final String NAME = "the files in ";

    private Map<Path, Parsed> known = Map.of();

    /**
     * A parsed file.
     *
     * @param digest the digest of its content
     * @param documents its YAML documents, each with its keys and their values
     * @param problem why it cannot be read; null if it can
     */
    private record Parsed(
            String digest,
            List<Map<?, ?>> documents,
            @Nullable Problem problem) {}

    /**
     * Reads all files of the folder into one source; with a source per file, each of many thousand lookups would ask
     * all of them.
     *
     * @param folder the folder, by its path from the working directory
     * @param places the places of syncs outside these files; adds those in the files, and reports each sync that is
     *     written twice
     * @param problems receives the problems of the files
     */
    PropertySource<?> read(Path folder, SyncPlaces places, List<Problem> problems) {
        Map<Path, Parsed> now = new LinkedHashMap<>();
        files(folder, problems).forEach(file -> now.put(file, parsed(file)));
        known = now;
        Map<String, Object> keys = new LinkedHashMap<>();
        now.forEach((file, parsed) -> {
            if (parsed.problem != null) {
                problems.add(parsed.problem);
            }
            for (int i = 0; i < parsed.documents.size(); i++) {
                String document = file + "#" + i;
                parsed.documents.get(i).forEach((key, value) -> {
                    String full = Keys.SYNCS + "." + key;
                    if (places.isFirst(full, value, document)) {
                        keys.put(full, value);
                    }
                });
            }
        });
        return new OriginTrackedMapPropertySource(NAME + folder, keys, true);
    }

    /** A mounted ConfigMap has links to its files, which are in hidden folders. */
    private static List<Path> files(Path folder, List<Problem> problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .filter(file -> file.getFileName().toString().matches("(?i)[^.].*\\.ya?ml"))
                    .filter(file -> isFile(file, problems))
                    .toList();
        } catch (IOException e) {
            problems.add(Problem.of(folder, "the folder cannot be read: " + FileTrouble.text(e)));
            return List.of();
        }
    }

    private static boolean isFile(Path file, List<Problem> problems) {
        if (!Files.isRegularFile(file)) {
            problems.add(SettingsPlaces.noFile(file));
        }
        return Files.isRegularFile(file);
    }

    private Parsed parsed(Path file) {
        String digest = "";
        try {
            byte[] content = Files.readAllBytes(file);
            digest = DigestUtils.md5DigestAsHex(content);
            Parsed before = known.get(file);
            return before != null && before.digest.equals(digest) ? before : parse(file, content, digest);
        } catch (IOException | RuntimeException e) {
            return new Parsed(digest, List.of(), Problem.of(file, YamlTrouble.text(e)));
        }
    }

    private static Parsed parse(Path file, byte[] content, String digest) throws IOException {
        YamlAliases.check(content);
        YamlRoot.check(content);
        List<Map<?, ?>> documents = new ArrayList<>();
        for (PropertySource<?> document :
                new YamlPropertySourceLoader().load(file.toString(), new Text(file, content))) {
            documents.add((Map<?, ?>) document.getSource());
        }
        boolean hasTooMuch = documents.stream()
                .flatMap(keys -> keys.keySet().stream())
                .anyMatch(key -> key.toString().startsWith(Keys.SYNCS.toString()));
        return hasTooMuch
                ? new Parsed(
                        digest,
                        List.of(),
                        Problem.of(
                                file,
                                "must hold what stands below connector.syncs: it begins with the name of a sync, without"
                                        + " connector: and syncs: above it"))
                : new Parsed(digest, documents, null);
    }

    /** The bytes of a file as they were read, with its name. */
    private static final class Text extends ByteArrayResource {
        private final Path file;

        Text(Path file, byte[] content) {
            super(content);
            this.file = file;
        }

        @Override
        public String getDescription() {
            return "file [" + file + "]";
        }
    }
}
