package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Configuration profiles and their assignments; each {@code assign} replaces all of them. */
final class ProfilesEndpoint {
    private final List<DeviceProfile> profiles = new CopyOnWriteArrayList<>();
    private final Runnable changed;
    private final IntuneSettings settings;

    /** Tells when something is assigned. */
    ProfilesEndpoint(IntuneSettings settings, Runnable changed) {
        this.settings = settings;
        this.changed = changed;
    }

    List<DeviceProfile> profiles() {
        return profiles;
    }

    DeviceProfile add(String name, String description) {
        DeviceProfile profile = new DeviceProfile(UUID.randomUUID().toString());
        profile.change(Json.read(Json.write(Json.object("displayName", name, "description", description))));
        profiles.add(profile);
        return profile;
    }

    Answer list(Request request) {
        return Pages.answer(request, profiles, settings.pageSize(), DeviceProfile::json);
    }

    Answer create(Request request) {
        JsonNode body = request.json();
        if (!isValid(body) || !body.path("@odata.type").asText().endsWith("windows10CustomConfiguration")) {
            return GraphErrors.badRequest("A value was not valid");
        }
        DeviceProfile profile = new DeviceProfile(UUID.randomUUID().toString());
        profile.change(body);
        profiles.add(profile);
        return Answer.json(201, profile.json());
    }

    Answer update(Request request) {
        return profile(request.lastSegment(), profile -> {
            if (!isValid(request.json())) {
                return GraphErrors.badRequest("A value was not valid");
            }
            profile.change(request.json());
            changed.run();
            return Answer.json(200, profile.json());
        });
    }

    Answer assignments(Request request) {
        return profile(request.path().split("/", -1)[4], profile -> {
            List<Object> all = profile.assignments().stream()
                    .<Object>map(target -> Json.object("id", "a", "target", target))
                    .toList();
            return Pages.answer(request, all, settings.pageSize(), each -> each);
        });
    }

    Answer assign(Request request) {
        return profile(request.path().split("/", -1)[4], profile -> {
            List<JsonNode> targets = new ArrayList<>();
            request.json().path("assignments").forEach(assignment -> targets.add(assignment.path("target")));
            profile.assign(targets);
            changed.run();
            return Answer.json(200, Json.object("value", List.of()));
        });
    }

    private Answer profile(String id, Function<DeviceProfile, Answer> use) {
        return profiles.stream()
                .filter(profile -> profile.id().equals(id))
                .findFirst()
                .map(use)
                .orElseGet(GraphErrors::notFound);
    }

    private static boolean isValid(JsonNode body) {
        for (JsonNode setting : body.path("omaSettings")) {
            if (!setting.path("@odata.type").asText().equals("#microsoft.graph.omaSettingBoolean")
                    || !setting.path("value").isBoolean()) {
                return false;
            }
        }
        return true;
    }
}
