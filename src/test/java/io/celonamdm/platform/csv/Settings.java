package io.celonamdm.platform.csv;

import io.celonamdm.settings.mdm.CsvSettings;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as they are where nothing is set. */
final class Settings {
    private Settings() {}

    static CsvSettings defaults() {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("csv", CsvSettings.class);
    }
}
