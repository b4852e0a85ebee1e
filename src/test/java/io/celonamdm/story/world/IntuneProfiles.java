package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration profiles of Microsoft Intune, and the groups of Entra that get one: phones, and PCs. */
public final class IntuneProfiles {
    /** The group's object id. */
    public static final String GROUP = "00000000-0000-0000-0000-000000000007";

    /** The object id of the group of PCs. */
    public static final String PCS = "00000000-0000-0000-0000-000000000008";

    private static final String PHONES_TYPE = "#microsoft.graph.iosCustomConfiguration";
    private static final String PCS_TYPE = "#microsoft.graph.windows10CustomConfiguration";
    private static final String SERVER = "/DownloadServers/sm-v4.pr.go-esim.com/AutoEnable";
    private static final String CONFIGURATIONS = "/v1.0/deviceManagement/deviceConfigurations";
    private static final String MARK = "[celona-mdm-connector:";
    private static final String BY_HAND = "object-by-hand";
    private static final int PAGE = 2;

    private final World world;
    private final List<Map<String, @Nullable Object>> profiles = new ArrayList<>();
    private final Map<String, List<JsonNode>> assignments = new LinkedHashMap<>();
    private final Map<String, Set<String>> members = Map.of(
            GROUP, new LinkedHashSet<>(Set.of(BY_HAND)),
            PCS, new LinkedHashSet<>(Set.of(BY_HAND)));

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
        return reaches(phone, GROUP, PHONES_TYPE);
    }

    /** The same of a PC, whose profile names the server of its eSIM. */
    public boolean configures(Phone pc) {
        return reaches(pc, PCS, PCS_TYPE);
    }

    private boolean reaches(Phone phone, String group, String type) {
        List<Map<String, @Nullable Object>> ours =
                profiles.stream().filter(each -> isOurs(each, type)).toList();
        return ours.size() == 1
                && Objects.requireNonNull(members.get(group)).containsAll(Set.of(BY_HAND, object(phone)))
                && assignments.getOrDefault(String.valueOf(ours.get(0).get("id")), List.of()).stream()
                        .anyMatch(each ->
                                each.path("target").path("groupId").asText().equals(group));
    }

    static String object(Phone phone) {
        return "object-" + phone.id;
    }

    Reply answer(Received call, Instant now) {
        String path = call.path();
        boolean reads = call.method().equals("GET");
        if (path.startsWith("/v1.0/groups/")) {
            String group = path.split("/", -1)[3];
            Set<String> all = Objects.requireNonNull(members.get(group));
            Reply reply = reads
                    ? page(
                            call,
                            all.stream()
                                    .<Object>map(each -> Json.of("id", each))
                                    .toList())
                    : join(all, Json.read(call.body()));
            if (group.equals(PCS)) {
                // a member is all that there is to know of a PC
                world.phones.stream()
                        .filter(phone -> all.contains(object(phone)))
                        .forEach(phone -> phone.acknowledged.putIfAbsent(phone.eid, now));
            }
            return reply;
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
        String type = body.path("@odata.type").asText();
        if (profiles.stream().anyMatch(each -> isOurs(each, type))) {
            world.violation("PROFILE", "a second profile is created: " + description);
        }
        Map<String, @Nullable Object> profile = Json.of(
                "@odata.type",
                type,
                "id",
                "profile-" + profiles.size(),
                "displayName",
                body.path("displayName").asText(),
                "description",
                description,
                "createdDateTime",
                now.toString());
        if (type.equals(PCS_TYPE) && !body.path("omaSettings").toString().contains(SERVER)) {
            world.violation("PROFILE", "PCs are told of another server: " + body);
        }
        profiles.add(profile);
        return Reply.json(201, profile);
    }

    private static boolean isOurs(Map<String, @Nullable Object> profile, String type) {
        return type.equals(profile.get("@odata.type"))
                && String.valueOf(profile.get("description")).contains(MARK);
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
    private static Reply join(Set<String> members, JsonNode body) {
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
