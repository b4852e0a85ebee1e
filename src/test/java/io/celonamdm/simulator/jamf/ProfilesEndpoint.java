package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;

/** {@code /JSSResource/mobiledeviceconfigurationprofiles} of the Classic API: XML, and HTML for errors. */
final class ProfilesEndpoint {
    private final Map<String, ConfigurationProfile> profiles = new LinkedHashMap<>();

    synchronized Answer byName(Request request) {
        return named(request.lastSegment())
                .map(profile -> Answer.xml(200, profile.xml()))
                .orElseGet(ProfilesEndpoint::notFound);
    }

    synchronized Answer create(Request request) {
        ConfigurationProfile profile =
                ConfigurationProfile.created(String.valueOf(profiles.size() + 1), Xml.read(request.body()));
        if (named(profile.name()).isPresent()) {
            return Answer.html(409, "Conflict: Error: Duplicate name");
        }
        profiles.put(profile.id(), profile);
        return created(profile);
    }

    synchronized Answer update(Request request) {
        ConfigurationProfile profile = profiles.get(request.lastSegment());
        if (profile == null) {
            return notFound();
        }
        Document sent = Xml.read(request.body());
        profile.update(sent);
        return created(profile);
    }

    private Optional<ConfigurationProfile> named(String name) {
        return profiles.values().stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst();
    }

    private static Answer created(ConfigurationProfile profile) {
        return Answer.xml(201, "<configuration_profile><id>" + profile.id() + "</id></configuration_profile>");
    }

    private static Answer notFound() {
        return Answer.html(404, "Not Found: The server has not found anything matching the request URI");
    }
}
