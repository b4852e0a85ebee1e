package io.celonamdm.settings.check;

import io.celonamdm.settings.ExclusionFile;
import io.celonamdm.settings.SyncSettings;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The exclusion file exists, and no excluded EID has lost a digit. */
final class ExclusionsCanBeRead implements SyncRule {
    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName ids = at.append("scope.exclude-ids");
        List<String> listed = sync.scope().excludeIds();
        for (int i = 0; i < listed.size(); i++) {
            ConfigurationPropertyName key = ids.append("[" + i + "]");
            ExclusionFile.problem(listed.get(i)).ifPresent(text -> problems.add(key, text));
        }
        ConfigurationPropertyName file = at.append("scope.exclude-file");
        String path = sync.scope().excludeFile();
        if (path.isBlank() || problems.spoil(file)) {
            return;
        }
        try {
            ExclusionFile.entries(path).stream()
                    .flatMap(entry -> ExclusionFile.problem(entry.id()).stream()
                            .map(text -> "line %d: %s".formatted(entry.line(), text)))
                    .findFirst()
                    .ifPresent(text -> problems.add(file, text));
        } catch (UncheckedIOException | InvalidPathException e) {
            problems.add(file, "cannot be read as a text file: " + e.getMessage());
        }
    }
}
