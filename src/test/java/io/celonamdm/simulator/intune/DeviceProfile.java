package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configuration profile. */
public final class DeviceProfile {
    private static final Pattern SERVER =
            Pattern.compile("\\./Device/Vendor/MSFT/eUICCs/Default/DownloadServers/([^/]+)/AutoEnable");

    private final String id;
    private final Instant created = Instant.now();
    private volatile String type = "#microsoft.graph.windows10CustomConfiguration";
    private volatile String name = "";
    private volatile String description = "";
    private volatile JsonNode settings = Json.read("[]");
    private volatile String payload = "";
    private volatile List<JsonNode> targets = List.of();

    DeviceProfile(String id) {
        this.id = id;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its description. */
    public String description() {
        return description;
    }

    /** The configuration profile that it carries to iPhones and iPads; empty if it is for others. */
    public String mobileconfig() {
        return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    /** The hosts of its download servers. */
    public List<String> servers() {
        List<String> servers = new ArrayList<>();
        for (JsonNode setting : settings) {
            Matcher server = SERVER.matcher(setting.path("omaUri").asText());
            if (server.matches() && setting.path("value").asBoolean()) {
                servers.add(server.group(1));
            }
        }
        return servers;
    }

    /** The groups that get it: an exclusion is stronger than an assignment. */
    public List<String> groups() {
        List<String> groups = new ArrayList<>(groups("groupAssignmentTarget"));
        groups.removeAll(excluded());
        return groups;
    }

    /** The groups that are excluded from it. */
    public List<String> excluded() {
        return groups("exclusionGroupAssignmentTarget");
    }

    private List<String> groups(String kind) {
        return targets.stream()
                .filter(target -> target.path("@odata.type").asText().equals("#microsoft.graph." + kind))
                .map(target -> target.path("groupId").asText())
                .toList();
    }

    /** Excludes a group from it, whatever it is assigned to. */
    public void exclude(String group) {
        List<JsonNode> all = new ArrayList<>(targets);
        all.add(target("exclusionGroupAssignmentTarget", group));
        assign(all);
    }

    /** Assigns it to these groups alone. */
    public void assignedTo(String... groups) {
        assign(List.of(groups).stream()
                .map(group -> target("groupAssignmentTarget", group))
                .toList());
    }

    private static JsonNode target(String kind, String group) {
        return Json.read(Json.write(Json.object("@odata.type", "#microsoft.graph." + kind, "groupId", group)));
    }

    void assign(List<JsonNode> others) {
        targets = List.copyOf(others);
    }

    List<JsonNode> assignments() {
        return targets;
    }

    boolean isOf(String otherType) {
        return type.equals(otherType);
    }

    void change(JsonNode body) {
        type = body.path("@odata.type").asText(type);
        payload = body.path("payload").asText(payload);
        name = body.path("displayName").asText(name);
        description = body.path("description").asText(description);
        settings = body.has("omaSettings") ? body.path("omaSettings") : settings;
    }

    /** @param typed whether it says its type */
    Map<String, @Nullable Object> json(boolean typed) {
        Map<String, @Nullable Object> json = Json.object("id", id, "displayName", name, "description", description);
        json.put("createdDateTime", created.toString());
        if (typed) {
            json.put("@odata.type", type);
        }
        return json;
    }
}
