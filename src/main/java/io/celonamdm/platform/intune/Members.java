package io.celonamdm.platform.intune;

import io.celonamdm.json.Fields;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphPages;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The desired members of a group; missing ones are added, twenty at a time, and none is removed. */
public final class Members {
    private static final int MOST = 20;

    private final URI graph;
    private final String group;
    private final Set<String> missing = new LinkedHashSet<>();
    private final GraphPages pages;

    Members(URI graph, String group) {
        this.graph = graph;
        this.group = group;
        this.pages = new GraphPages(graph, getPath() + "/members", "$select=id&$top=999");
    }

    /** The pages of its current members. */
    public GraphPages getPages() {
        return pages;
    }

    /** The path of the group. */
    public String getPath() {
        return Graph.V1 + "/groups/" + Graph.encoded(group);
    }

    /** Whether some are missing. */
    public boolean isMissing() {
        return !missing.isEmpty();
    }

    /** Whether the current members are needed. */
    public boolean isAsking() {
        return isMissing() && pages.isOpen();
    }

    /** The next ones to add: Graph adds all of them or none. */
    public byte[] getAdditions() {
        return Graph.body(Map.of(
                "members@odata.bind",
                next().stream()
                        .map(id -> graph + Graph.V1 + "/directoryObjects/" + Graph.encoded(id))
                        .toList()));
    }

    void want(String objectId) {
        missing.add(objectId);
    }

    void read(@Nullable Object answer) {
        pages.read(answer).stream()
                .map((Fields member) -> member.textOrEmpty("id"))
                .forEach(missing::remove);
    }

    void added() {
        next().forEach(missing::remove);
    }

    private List<String> next() {
        return new ArrayList<>(missing).subList(0, Math.min(MOST, missing.size()));
    }
}
