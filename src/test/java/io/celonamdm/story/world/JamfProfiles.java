package io.celonamdm.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The static groups, the configuration profiles and the extension attributes of Jamf Pro. */
public final class JamfProfiles {
    private static final String GROUPS = "/api/v2/mobile-device-groups/static-groups";
    private static final String PROFILES = "/JSSResource/mobiledeviceconfigurationprofiles";
    private static final String MARK = "[celona-mdm-connector:";
    private static final String BY_HAND = "by hand";
    private static final Pattern NAME = Pattern.compile("groupName==\"?([^\"]+)\"?");
    /** The first one in a profile, which the server replaces by its own. */
    private static final Pattern IDENTITY = Pattern.compile("(PayloadUUID&lt;/key&gt;\\s*&lt;string&gt;)([^&]*)(&lt;)");

    private final World world;
    private final Jamf jamf;
    private final List<Group> groups = new ArrayList<>();
    /** Their XML, by their names. */
    private final Map<String, String> profiles = new LinkedHashMap<>();

    private final Map<String, Map<String, String>> attributes = new HashMap<>();

    private record Group(String id, String name, String description, Set<String> members) {}

    JamfProfiles(World world, Jamf jamf) {
        this.world = world;
        this.jamf = jamf;
        groups.add(new Group("41", "Scanners", BY_HAND, new TreeSet<>()));
        profiles.put(
                "Wi-Fi",
                "<configuration_profile><general><name>Wi-Fi</name><description>by hand</description></general></configuration_profile>");
    }

    static boolean has(String path) {
        return path.startsWith(GROUPS) || path.startsWith(PROFILES);
    }

    /** Whether a phone is in the group, which alone has the one profile of the connector. */
    public boolean reaches(Phone phone) {
        List<String> ours =
                profiles.values().stream().filter(xml -> xml.contains(MARK)).toList();
        return ours.size() == 1
                && groups.stream()
                        .anyMatch(group -> group.members.contains(String.valueOf(phone.id))
                                && ours.get(0)
                                        .contains("<mobile_device_group><id>%s</id></mobile_device_group>"
                                                .formatted(group.id)));
    }

    /** What the record of a phone says of its eSIM. */
    public boolean says(Phone phone, String state) {
        return attributes.getOrDefault(String.valueOf(phone.id), Map.of()).containsValue(state);
    }

    Reply answer(Received call) {
        boolean reads = call.method().equals("GET");
        if (call.path().startsWith(PROFILES)) {
            return reads ? shown(name(call.path())) : write(call);
        }
        if (reads) {
            return list(call);
        }
        return call.path().equals(GROUPS) ? create(Json.read(call.body())) : change(call);
    }

    Reply attribute(Received call) {
        String id = last(call.path());
        if (jamf.shownIds().noneMatch(id::equals)) {
            return error(404);
        }
        Json.read(call.body())
                .path("updatedExtensionAttributes")
                .forEach(each -> attributes
                        .computeIfAbsent(id, key -> new HashMap<>())
                        .put(
                                each.path("name").asText(),
                                each.path("value").path(0).asText()));
        return Reply.json(200, Json.of("id", id));
    }

    private Reply list(Received call) {
        Matcher name = NAME.matcher(call.query().getOrDefault("filter", ""));
        String wanted = name.find() ? name.group(1) : "";
        List<Object> found = new ArrayList<>();
        groups.stream()
                .filter(group -> wanted.isEmpty() || group.name.equals(wanted))
                .forEach(group -> found.add(json(group)));
        return Reply.json(200, Json.of("totalCount", found.size(), "results", found));
    }

    private static Object json(Group group) {
        return Json.of(
                "groupId",
                group.id,
                "groupName",
                group.name,
                "groupDescription",
                group.description,
                "siteId",
                "-1",
                "count",
                group.members.size());
    }

    private Reply create(JsonNode body) {
        String name = body.path("groupName").asText();
        if (groups.stream().anyMatch(group -> group.name.equals(name))) {
            return error(422);
        }
        Group group = new Group(
                String.valueOf(41 + groups.size()),
                name,
                body.path("groupDescription").asText(),
                new TreeSet<>());
        groups.add(group);
        Reply joined = join(group, body);
        return joined.status() == 200 ? Reply.json(201, Json.of("id", group.id, "href", "https://jamf.test")) : joined;
    }

    private Reply change(Received call) {
        String id = last(call.path());
        return groups.stream()
                .filter(group -> group.id.equals(id))
                .findFirst()
                .map(group -> join(group, Json.read(call.body())))
                .orElseGet(() -> error(404));
    }

    /** One device that is not known fails the whole call. */
    private Reply join(Group group, JsonNode body) {
        if (group.description.equals(BY_HAND)) {
            world.violation("PROFILE", "a group that was made by hand is changed");
        }
        List<String> joining = new ArrayList<>();
        for (JsonNode each : body.path("assignments")) {
            String id = each.path("mobileDeviceId").asText();
            if (jamf.shownIds().noneMatch(id::equals)) {
                return error(400);
            }
            if (!each.path("selected").asBoolean()) {
                world.violation("PROFILE", "device " + id + " is taken out of a group");
            }
            joining.add(id);
        }
        group.members.addAll(joining);
        return Reply.json(200, json(group));
    }

    private Reply shown(String name) {
        String xml = profiles.get(name);
        return xml == null
                ? Reply.html(404, "Not Found: The server has not found anything matching the request URI")
                : new Reply(200, "application/xml", xml, Map.of());
    }

    private Reply write(Received call) {
        String sent = call.body();
        String name = Objects.requireNonNull(part(sent, "name"));
        String known = profiles.get(name);
        String id = last(call.path());
        if (sent.contains("<all_mobile_devices>true")) {
            world.violation("PROFILE", "the profile is given to all devices");
        }
        if (call.method().equals("POST")) {
            if (known != null) {
                return Reply.html(409, "Conflict: Error: Duplicate name");
            }
            if (profiles.values().stream().anyMatch(xml -> xml.contains(MARK))) {
                world.violation("PROFILE", "a second profile is created");
            }
            id = String.valueOf(1 + profiles.size());
            Matcher identity = IDENTITY.matcher(sent);
            sent = identity.replaceFirst("$1SERVERS-OWN-" + id + "$3");
        } else if (known == null || !Objects.equals(part(known, "id"), id)) {
            return Reply.html(404, "Not Found: The server has not found anything matching the request URI");
        } else if (!known.contains(MARK)) {
            world.violation("PROFILE", "a profile that was made by hand is written");
        } else if (!Objects.equals(identity(known), identity(sent))) {
            world.violation("PROFILE", "an update leaves the old profile on phones, beside one with another identity");
        } else if (Objects.equals(part(known, "description"), part(sent, "description"))) {
            world.violation("PROFILE", "the profile is written, although it has not changed");
        }
        profiles.put(name, sent.replace("<general>", "<general><id>" + id + "</id>"));
        return new Reply(
                201, "application/xml", "<configuration_profile><id>" + id + "</id></configuration_profile>", Map.of());
    }

    private static @Nullable String identity(String xml) {
        Matcher matcher = IDENTITY.matcher(xml);
        return matcher.find() ? matcher.group(2) : null;
    }

    private static @Nullable String part(String xml, String name) {
        int from = xml.indexOf("<" + name + ">");
        int to = xml.indexOf("</" + name + ">", from);
        return from < 0 || to < 0 ? null : xml.substring(from + name.length() + 2, to);
    }

    private static String name(String path) {
        return URLDecoder.decode(last(path).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Reply error(int status) {
        return Reply.json(status, Json.of("httpStatus", status, "errors", List.of()));
    }
}
