package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entra's devices and groups. */
final class DirectoryEndpoint {
    private static final Pattern BY_DEVICE_ID = Pattern.compile("deviceId eq '([^']*)'");
    private static final int MOST_MEMBERS = 20;

    private final Enrolments enrolments;
    private final Consumer<String> changed;
    private final IntuneSettings settings;
    private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();

    /** Tells of each group that gets members. */
    DirectoryEndpoint(Enrolments enrolments, IntuneSettings settings, Consumer<String> changed) {
        this.enrolments = enrolments;
        this.settings = settings;
        this.changed = changed;
    }

    void group(String id) {
        groups.put(id, new ConcurrentSkipListSet<>());
    }

    boolean isGroup(String id) {
        return groups.containsKey(id);
    }

    Set<String> members(String group) {
        return groups.getOrDefault(group, Set.of());
    }

    Answer devices(Request request) {
        Matcher filter = BY_DEVICE_ID.matcher(request.query("$filter").orElse(""));
        if (!filter.matches()) {
            return GraphErrors.badRequest("Unsupported filter");
        }
        Optional<ManagedDevice> device = enrolments.byEntraId(filter.group(1));
        return Answer.json(
                200,
                Json.object(
                        "value",
                        device.stream()
                                .map(found -> Json.object("id", found.objectId(), "deviceId", found.entraId()))
                                .toList()));
    }

    Answer members(Request request) {
        String group = request.path().split("/", -1)[3];
        if (!groups.containsKey(group)) {
            return GraphErrors.notFound();
        }
        List<String> members = List.copyOf(members(group));
        return Pages.answer(request, members, settings.pageSize(), id -> Json.object("id", id));
    }

    /** All or nothing. */
    Answer add(Request request) {
        Set<String> members = groups.get(request.lastSegment());
        if (members == null) {
            return GraphErrors.notFound();
        }
        List<String> added = new ArrayList<>();
        for (JsonNode link : request.json().path("members@odata.bind")) {
            added.add(link.asText().replaceFirst(".*/v1.0/directoryObjects/", ""));
        }
        boolean known = added.stream().allMatch(id -> enrolments.byObjectId(id).isPresent());
        if (added.isEmpty()
                || added.size() > MOST_MEMBERS
                || !known
                || added.stream().anyMatch(members::contains)) {
            return GraphErrors.badRequest("One or more added object references already exist or are invalid.");
        }
        members.addAll(added);
        changed.accept(request.lastSegment());
        return new Answer(204, "application/json", "", Map.of());
    }
}
