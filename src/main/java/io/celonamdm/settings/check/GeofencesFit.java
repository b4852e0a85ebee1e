package io.celonamdm.settings.check;

import io.celonamdm.files.FileTrouble;
import io.celonamdm.settings.mdm.Geofence;
import io.celonamdm.settings.mdm.ProfileSettings;
import java.io.UncheckedIOException;
import java.util.List;
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
            problems.add(file, "cannot be used: " + FileTrouble.text(e));
        }
    }

    private static void together(List<Geofence> all, int listed, ConfigurationPropertyName key, Problems problems) {
        ProfileSettings.problemOfOne(all.subList(listed, all.size())).ifPresent(text -> problems.add(key, text));
        ProfileSettings.problemsOfAll(all).forEach(text -> problems.add(key, text));
    }
}
