package io.celonamdm.platform.intune;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphPages;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration profile that names the download server, by eUICCs CSP (Windows 11). Created if none has the sync's
 * mark, changed if it names another server.
 */
public final class WindowsProfile {
    static final String PROFILES = Graph.V1 + "/deviceManagement/deviceConfigurations";
    private static final String CSP = "./Device/Vendor/MSFT/eUICCs/Default";

    private final String name;
    private final String mark;
    private final String server;
    private final GraphPages pages;
    private String id = "";
    private boolean current;

    WindowsProfile(URI graph, String name, String sync, String server) {
        this.name = name;
        this.mark = "[celona-mdm-connector:" + sync + "]";
        this.server = server;
        this.pages = new GraphPages(graph, PROFILES, "$select=id,displayName,description");
    }

    /** The pages of the tenant's profiles. */
    public GraphPages getPages() {
        return pages;
    }

    /** Whether to search for the profile. */
    public boolean isSought() {
        return id.isEmpty() && pages.isOpen();
    }

    /** Whether the profile must be written. */
    public boolean isStale() {
        return !current;
    }

    /** The method that writes it. */
    public String getMethod() {
        return id.isEmpty() ? "POST" : "PATCH";
    }

    /** Its path. */
    public String getPath() {
        return id.isEmpty() ? PROFILES : PROFILES + "/" + Graph.encoded(id);
    }

    /** The content to write. AutoEnable must be set when the server's node is created. */
    public byte[] getBody() {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("@odata.type", "#microsoft.graph.windows10CustomConfiguration");
        profile.put("displayName", name);
        profile.put("description", "Has Windows devices download their Celona eSIM. " + mark + " " + content());
        profile.put(
                "omaSettings",
                List.of(setting("AutoEnable", "%s/DownloadServers/%s/AutoEnable".formatted(CSP, server))));
        return Graph.body(profile);
    }

    /** The current assignments, and the group's. */
    byte[] assignments(List<Fields> present, String group) {
        List<Object> all = new ArrayList<>();
        present.forEach(assignment -> all.add(Map.of(
                "@odata.type",
                "#microsoft.graph.deviceConfigurationAssignment",
                "target",
                assignment.object("target").map())));
        all.add(Map.of(
                "@odata.type",
                "#microsoft.graph.deviceConfigurationAssignment",
                "target",
                Map.of("@odata.type", "#microsoft.graph.groupAssignmentTarget", "groupId", group)));
        return Graph.body(Map.of("assignments", all));
    }

    String id() {
        return id;
    }

    void look(@Nullable Object answer) {
        for (Fields profile : pages.read(answer)) {
            String description = profile.textOrEmpty("description");
            if (description.contains(mark)) {
                id = profile.textOrEmpty("id");
                current = description.contains(content());
                return;
            }
        }
    }

    void written(@Nullable Object answer) {
        if (id.isEmpty()) {
            id = Fields.of(answer)
                    .text("id")
                    .orElseThrow(() -> new UnreadableAnswer("a configuration profile's id", answer));
        }
        current = true;
    }

    private String content() {
        return "[server:" + server + "]";
    }

    private static Map<String, Object> setting(String name, String uri) {
        return Map.of(
                "@odata.type", "#microsoft.graph.omaSettingBoolean", "displayName", name, "omaUri", uri, "value", true);
    }
}
