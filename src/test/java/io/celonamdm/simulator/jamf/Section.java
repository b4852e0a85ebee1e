package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Request;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The sections of a device record, in the schema's order. */
enum Section {
    GENERAL,
    HARDWARE,
    USER_AND_LOCATION,
    PURCHASING,
    SECURITY,
    APPLICATIONS,
    EBOOKS,
    NETWORK,
    SERVICE_SUBSCRIPTIONS,
    CERTIFICATES,
    PROFILES,
    USER_PROFILES,
    PROVISIONING_PROFILES,
    SHARED_USERS,
    GROUPS,
    EXTENSION_ATTRIBUTES;

    /** The sections asked for, each with a parameter of its own; GENERAL if none is. */
    static Set<Section> of(Request request) {
        List<String> names = request.queryAll("section");
        Set<Section> sections = EnumSet.noneOf(Section.class);
        names.forEach(name -> sections.add(named(name)));
        return names.isEmpty() ? EnumSet.of(GENERAL) : sections;
    }

    private static Section named(String name) {
        return Arrays.stream(values())
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadRequest("Unknown section [" + name + "]"));
    }
}
