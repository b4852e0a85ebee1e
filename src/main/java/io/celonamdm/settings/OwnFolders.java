package io.celonamdm.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** No two syncs take files from one folder: each would put away what the other has not read yet. */
final class OwnFolders {
    private OwnFolders() {}

    static void check(Map<String, SyncSettings> syncs, Problems problems) {
        Map<Path, String> owners = new HashMap<>();
        // in the order of their names, so that it is always the same one that is named
        new TreeMap<>(syncs).forEach((name, sync) -> {
            // a sync that could not be bound at all is in the report already
            if (sync != null
                    && "csv".equals(sync.mdm().platform())
                    && !sync.mdm().folder().isBlank()) {
                check(name, sync.mdm().folder(), owners, problems);
            }
        });
    }

    private static void check(String name, String folder, Map<Path, String> owners, Problems problems) {
        ConfigurationPropertyName key = MapEntries.entry(MapEntries.SYNCS, name).append("mdm.folder");
        if (problems.spoil(key)) {
            return;
        }
        try {
            String owner = owners.putIfAbsent(Path.of(folder).toAbsolutePath().normalize(), name);
            if (owner != null) {
                problems.add(key, "is the folder of sync %s already; each sync needs its own".formatted(owner));
            }
        } catch (InvalidPathException e) {
            problems.add(key, "is no path of a folder");
        }
    }
}
