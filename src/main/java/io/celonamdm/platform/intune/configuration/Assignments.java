package io.celonamdm.platform.intune.configuration;

import io.celonamdm.json.Fields;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphPages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The assignments of a profile. Assigning replaces the whole list, so the others are sent along. */
public final class Assignments {
    private final GraphPages pages;
    private final String group;
    private final List<Map<?, ?>> targets = new ArrayList<>();

    Assignments(URI graph, Configuration profile) {
        this.pages = new GraphPages(graph, profile.getPath() + "/assignments", "");
        this.group = profile.group();
    }

    /** The pages of them. */
    public GraphPages getPages() {
        return pages;
    }

    /** Whether the group's assignment is missing. */
    public boolean isMissing() {
        return targets.stream()
                .noneMatch(target -> Fields.of(target).textOrEmpty("groupId").equalsIgnoreCase(group));
    }

    /** All present assignments, and the group's. */
    public byte[] getMerged() {
        List<Object> all = new ArrayList<>();
        targets.forEach(target -> all.add(assignment(target)));
        all.add(assignment(Map.of("@odata.type", "#microsoft.graph.groupAssignmentTarget", "groupId", group)));
        return Graph.body(Map.of("assignments", all));
    }

    void read(@Nullable Object answer) {
        pages.read(answer)
                .forEach(assignment -> targets.add(assignment.object("target").map()));
    }

    private static Object assignment(Map<?, ?> target) {
        return Map.of("@odata.type", "#microsoft.graph.deviceConfigurationAssignment", "target", target);
    }
}
