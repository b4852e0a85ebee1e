package io.celonamdm.settings.check;

import io.celonamdm.settings.SyncSettings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** No two syncs share an input folder: each would move files that the other has not read yet. */
final class OwnFolders implements SyncRule {
    private final Map<Path, String> owners = new HashMap<>();

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName key = at.append("mdm.folder");
        if (!"csv".equals(sync.mdm().platform()) || sync.mdm().folder().isBlank() || problems.spoil(key)) {
            return;
        }
        try {
            Path folder = Path.of(sync.mdm().folder());
            String owner = owners.putIfAbsent(identity(folder), at.getLastElement(Form.ORIGINAL));
            if (owner != null) {
                problems.add(key, "is the folder of sync %s already; each sync needs its own".formatted(owner));
            }
        } catch (InvalidPathException e) {
            problems.add(key, "is no path of a folder");
        }
    }

    /** Follows links, so that a link and its folder are the same. */
    private static Path identity(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            // it does not exist yet
            return folder.toAbsolutePath().normalize();
        }
    }
}
