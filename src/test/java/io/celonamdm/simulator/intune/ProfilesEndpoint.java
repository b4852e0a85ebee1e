package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Configuration profiles and their assignments; each {@code assign} replaces all of them. */
final class ProfilesEndpoint {
    private final List<DeviceProfile> profiles = new CopyOnWriteArrayList<>();
    private final Runnable changed;
    private final IntuneSettings settings;
    private final Predicate<String> isGroup;

    /** Tells when something is assigned, to groups that Entra knows. */
    ProfilesEndpoint(IntuneSettings settings, Predicate<String> isGroup, Runnable changed) {
        this.settings = settings;
        this.isGroup = isGroup;
        this.changed = changed;
    }

    List<DeviceProfile> profiles() {
        return profiles;
    }

    DeviceProfile add(String type, String name, String description) {
        DeviceProfile profile = new DeviceProfile(UUID.randomUUID().toString());
        profile.change(Json.read(Json.write(Json.object(
                "@odata.type", "#microsoft.graph." + type, "displayName", name, "description", description))));
        profiles.add(profile);
        return profile;
    }

    Answer list(Request request) {
        return Pages.answer(request, profiles, settings.pageSize(), each -> each.json(settings.profileTypes()));
    }

    Answer create(Request request) {
        JsonNode body = request.json();
        if (!isValid(body)) {
            return GraphErrors.badRequest("A value was not valid");
        }
        DeviceProfile profile = new DeviceProfile(UUID.randomUUID().toString());
        profile.change(body);
        profiles.add(profile);
        return Answer.json(201, profile.json(true));
    }

    Answer update(Request request) {
        return profile(request.lastSegment(), profile -> {
            JsonNode body = request.json();
            // an object keeps its type
            if (!isValid(body) || !profile.isOf(body.path("@odata.type").asText())) {
                return GraphErrors.badRequest("A value was not valid");
            }
            profile.change(body);
            changed.run();
            return Answer.json(200, profile.json(true));
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
            boolean known = targets.stream()
                    .map(target -> target.path("groupId").asText())
                    .allMatch(group -> profile.assignments().stream()
                                    .anyMatch(target ->
                                            target.path("groupId").asText().equals(group))
                            || isGroup.test(group));
            if (!known) {
                return GraphErrors.badRequest("The group of an assignment does not exist.");
            }
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
        return switch (body.path("@odata.type").asText()) {
            case "#microsoft.graph.windows10CustomConfiguration" -> hasValidSettings(body);
            case "#microsoft.graph.iosCustomConfiguration" -> hasPropertyList(body);
            default -> false;
        };
    }

    private static boolean hasValidSettings(JsonNode body) {
        for (JsonNode setting : body.path("omaSettings")) {
            if (!setting.path("@odata.type").asText().equals("#microsoft.graph.omaSettingBoolean")
                    || !setting.path("value").isBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the payload is the XML property list of a configuration profile. */
    private static boolean hasPropertyList(JsonNode body) {
        try {
            String text =
                    new String(Base64.getDecoder().decode(body.path("payload").asText()), StandardCharsets.UTF_8);
            return text.startsWith("<?xml")
                    && text.contains("<string>Configuration</string>")
                    && text.strip().endsWith("</plist>")
                    && !body.path("payloadName").asText().isEmpty()
                    && body.path("payloadFileName").asText().endsWith(".mobileconfig");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
