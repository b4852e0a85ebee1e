package io.celonamdm.simulator.jamf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ids of groups, and which of them are static. */
final class Groups {
    private static final int FIRST_ID = 42;

    private final Map<String, Group> groups = new LinkedHashMap<>();

    /** A group; those that no API client made count as smart ones. */
    record Group(String id, String name, String description, boolean smart) {}

    synchronized Group named(String name) {
        return groups.computeIfAbsent(name, key -> new Group(nextId(), key, "", true));
    }

    synchronized Optional<Group> staticGroup(String id) {
        return staticGroups().stream().filter(group -> group.id().equals(id)).findFirst();
    }

    synchronized List<Group> staticGroups() {
        return new ArrayList<>(
                groups.values().stream().filter(group -> !group.smart()).toList());
    }

    /** Makes a static group, unless the name is taken. */
    synchronized Optional<Group> create(String name, String description) {
        if (groups.containsKey(name)) {
            return Optional.empty();
        }
        Group group = new Group(nextId(), name, description, false);
        groups.put(name, group);
        return Optional.of(group);
    }

    private String nextId() {
        return String.valueOf(FIRST_ID + groups.size());
    }
}
