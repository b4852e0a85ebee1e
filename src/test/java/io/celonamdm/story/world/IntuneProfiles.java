package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration profiles of Microsoft Intune, and the group of Entra that gets one. */
public final class IntuneProfiles {
    /** The group's object id. */
    public static final String GROUP = "00000000-0000-0000-0000-000000000007";

    private static final String CONFIGURATIONS = "/v1.0/deviceManagement/deviceConfigurations";
    private static final String MARK = "[celona-mdm-connector:";
    private static final String BY_HAND = "object-by-hand";
    private static final int PAGE = 2;

    private final World world;
    private final List<Map<String, @Nullable Object>> profiles = new ArrayList<>();
    private final Map<String, List<JsonNode>> assignments = new LinkedHashMap<>();
    private final Set<String> members = new LinkedHashSet<>(Set.of(BY_HAND));

    IntuneProfiles(World world) {
        this.world = world;
        profiles.add(Json.of(
                "@odata.type",
                "#microsoft.graph.iosCustomConfiguration",
                "id",
                "profile-by-hand",
                "displayName",
                "Wi-Fi",
                "description",
                "by hand",
                "createdDateTime",
                "2026-01-01T00:00:00Z"));
    }

    static boolean has(String path) {
        return path.startsWith(CONFIGURATIONS) || path.startsWith("/v1.0/groups/");
    }

    /** Whether a phone is in the group, and the group has one profile of the connector. */
    public boolean reaches(Phone phone) {
        List<Map<String, @Nullable Object>> ours = profiles.stream()
                .filter(each -> String.valueOf(each.get("description")).contains(MARK))
                .toList();
        return ours.size() == 1
                && members.containsAll(Set.of(BY_HAND, object(phone)))
                && assignments.getOrDefault(String.valueOf(ours.get(0).get("id")), List.of()).stream()
                        .anyMatch(each ->
                                each.path("target").path("groupId").asText().equals(GROUP));
    }

    static String object(Phone phone) {
        return "object-" + phone.id;
    }

    Reply answer(Received call, Instant now) {
        String path = call.path();
        boolean reads = call.method().equals("GET");
        if (path.startsWith("/v1.0/groups/" + GROUP)) {
            return reads
                    ? page(
                            call,
                            members.stream()
                                    .<Object>map(each -> Json.of("id", each))
                                    .toList())
                    : join(Json.read(call.body()));
        }
        if (path.equals(CONFIGURATIONS)) {
            return reads ? page(call, profiles) : create(Json.read(call.body()), now);
        }
        String id = path.substring(CONFIGURATIONS.length() + 1).replaceAll("/.*", "");
        if (path.endsWith("/assignments")) {
            return page(call, assignments.getOrDefault(id, List.of()));
        }
        if (path.endsWith("/assign")) {
            List<JsonNode> all = new ArrayList<>();
            Json.read(call.body()).path("assignments").forEach(all::add);
            if (!all.containsAll(assignments.getOrDefault(id, List.of()))) {
                world.violation("PROFILE", "an assignment of profile " + id + " is taken away");
            }
            assignments.put(id, all);
            return Reply.json(200, Json.of("value", List.of()));
        }
        return write(id, Json.read(call.body()));
    }

    private Reply create(JsonNode body, Instant now) {
        String description = body.path("description").asText();
        if (profiles.stream()
                .anyMatch(each -> String.valueOf(each.get("description")).contains(MARK))) {
            world.violation("PROFILE", "a second profile is created: " + description);
        }
        Map<String, @Nullable Object> profile = Json.of(
                "@odata.type",
                body.path("@odata.type").asText(),
                "id",
                "profile-" + profiles.size(),
                "displayName",
                body.path("displayName").asText(),
                "description",
                description,
                "createdDateTime",
                now.toString());
        profiles.add(profile);
        return Reply.json(201, profile);
    }

    private Reply write(String id, JsonNode body) {
        if (id.equals("profile-by-hand")) {
            world.violation("PROFILE", "a profile that was made by hand is written");
        }
        for (Map<String, @Nullable Object> profile : profiles) {
            if (id.equals(profile.get("id"))) {
                profile.put("description", body.path("description").asText());
                return Reply.json(200, profile);
            }
        }
        return Intune.error(404, "ResourceNotFound");
    }

    /** All of them join, or none. */
    private Reply join(JsonNode body) {
        List<String> joining = new ArrayList<>();
        body.path("members@odata.bind")
                .forEach(each -> joining.add(each.asText().replaceAll(".*/", "")));
        if (joining.stream().anyMatch(members::contains)) {
            return Intune.error(400, "Request_BadRequest");
        }
        members.addAll(joining);
        return new Reply(204, "application/json", "", Map.of());
    }

    private static Reply page(Received call, List<?> all) {
        int from = Integer.parseInt(call.query().getOrDefault("$skiptoken", "0"));
        Map<String, @Nullable Object> page =
                Json.of("value", all.stream().skip(from).limit(PAGE).toList());
        if (from + PAGE < all.size()) {
            page.put(
                    "@odata.nextLink",
                    "http://127.0.0.1:%d%s?$skiptoken=%d".formatted(call.port(), call.path(), from + PAGE));
        }
        return Reply.json(200, page);
    }
}
