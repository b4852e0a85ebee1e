package io.celonamdm.settings.check;

import io.celonamdm.settings.mdm.Geofence;
import io.celonamdm.settings.mdm.ProfileSettings;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The geofences of a profile, listed and from its file, are what Apple's payload takes. */
final class GeofencesFit {
    private GeofencesFit() {}

    static void check(ConfigurationPropertyName at, ProfileSettings profile, Problems problems) {
        ConfigurationPropertyName list = at.append("geofences");
        ConfigurationPropertyName file = at.append("geofences-file");
        if (problems.troubledWithin(list) || problems.spoil(file)) {
            return;
        }
        List<Geofence> listed = profile.geofences();
        for (int i = 0; i < listed.size(); i++) {
            ConfigurationPropertyName key = list.append("[" + i + "]");
            listed.get(i).problem().ifPresent(text -> problems.add(key, text));
        }
        try {
            together(
                    profile.allGeofences(),
                    listed.size(),
                    profile.geofencesFile().isBlank() ? list : file,
                    problems);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            problems.add(file, "cannot be used: " + e.getMessage());
        }
    }

    private static void together(List<Geofence> all, int listed, ConfigurationPropertyName key, Problems problems) {
        all.stream()
                .skip(listed)
                .flatMap(fence ->
                        fence.problem().stream().map(text -> "geofence \"%s\": %s".formatted(fence.id(), text)))
                .findFirst()
                .ifPresent(text -> problems.add(key, text));
        Set<String> ids = new HashSet<>();
        all.stream()
                .filter(fence -> !ids.add(fence.id()))
                .findFirst()
                .ifPresent(fence -> problems.add(key, "the id \"%s\" comes twice".formatted(fence.id())));
        if (all.size() > ProfileSettings.MOST_GEOFENCES) {
            problems.add(
                    key,
                    "%d geofences; Apple's payload takes %d".formatted(all.size(), ProfileSettings.MOST_GEOFENCES));
        }
    }
}
