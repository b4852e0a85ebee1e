package io.celonamdm.platform.intune.configuration;

import io.celonamdm.json.Fields;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphPages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The assignments of a profile. Assigning replaces the whole list, so the others are sent along. A group that is excluded
 * does not get the profile, also if it is assigned; only a person excludes one, so that only a person takes it back.
 */
public final class Assignments {
    private final GraphPages pages;
    private final Configuration profile;
    private final List<Map<?, ?>> targets = new ArrayList<>();

    Assignments(URI graph, Configuration profile) {
        this.pages = new GraphPages(graph, profile.getPath() + "/assignments", "");
        this.profile = profile;
    }

    /** The pages of them. */
    public GraphPages getPages() {
        return pages;
    }

    /** Whether the group's assignment is missing, and may be added. */
    public boolean isMissing() {
        return ofGroup().findAny().isEmpty();
    }

    /** Whether the group is excluded from the profile. */
    public boolean isExcluded() {
        return ofGroup()
                .anyMatch(target -> target.textOrEmpty("@odata.type")
                        .toLowerCase(Locale.ROOT)
                        .endsWith("exclusiongroupassignmenttarget"));
    }

    /** The exclusion in words. */
    public String exclusion() {
        return "the profile \"%s\" in Intune excludes the group %s, so that its members do not get it; end the exclusion, or set another group"
                .formatted(profile.getName(), profile.group());
    }

    private Stream<Fields> ofGroup() {
        return targets.stream()
                .<Fields>map(Fields::of)
                .filter(target -> target.textOrEmpty("groupId").equalsIgnoreCase(profile.group()));
    }

    /** All present assignments, and the group's. */
    public byte[] getMerged() {
        List<Object> all = new ArrayList<>();
        targets.forEach(target -> all.add(assignment(target)));
        all.add(assignment(
                Map.of("@odata.type", "#microsoft.graph.groupAssignmentTarget", "groupId", profile.group())));
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
