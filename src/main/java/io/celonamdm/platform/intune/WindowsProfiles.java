package io.celonamdm.platform.intune;

import io.celonamdm.json.Fields;
import io.celonamdm.platform.intune.graph.GraphPages;
import io.celonamdm.settings.IntuneSettings;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Maintains the configuration profile of a sync, and its group assignments. */
@Component
public class WindowsProfiles {
    WindowsProfiles() {}

    /** Begins the search for the sync's profile. */
    public WindowsProfile begin(@ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        IntuneSettings intune = sync.mdm().intune();
        String server =
                IntunePush.written(intune.address().windows(), push.order().address());
        return new WindowsProfile(
                sync.mdm().graphUrl(), intune.windows().profile(), sync.name().value(), server);
    }

    /** Searches the requested page. */
    public void look(@Body @Nullable Object answer, @ExchangeProperty("profile") WindowsProfile profile) {
        profile.look(answer);
    }

    /** Records that the profile was created or changed. */
    public void written(@Body @Nullable Object answer, @ExchangeProperty("profile") WindowsProfile profile) {
        profile.written(answer);
    }

    /** Begins to read the profile's assignments. */
    public Assignments assignments(
            @ExchangeProperty("profile") WindowsProfile profile, @ExchangeProperty("sync") Sync sync) {
        return new Assignments(
                new GraphPages(sync.mdm().graphUrl(), profile.getPath() + "/assignments", ""),
                sync.mdm().intune().windows().group());
    }

    /** Records a page of assignments. */
    public void assigned(@Body @Nullable Object answer, @ExchangeProperty("assignments") Assignments assignments) {
        assignments.read(answer);
    }

    /** All assignments and the missing one: assigning replaces the whole list. */
    public byte[] merged(
            @ExchangeProperty("profile") WindowsProfile profile,
            @ExchangeProperty("assignments") Assignments assignments) {
        return profile.assignments(assignments.present, assignments.group);
    }

    /** The assignments of a profile. */
    public static final class Assignments {
        private final GraphPages pages;
        private final String group;
        private final List<Fields> present = new ArrayList<>();

        Assignments(GraphPages pages, String group) {
            this.pages = pages;
            this.group = group;
        }

        /** The pages of them. */
        public GraphPages getPages() {
            return pages;
        }

        /** Whether the group's assignment is missing. */
        public boolean isMissing() {
            return present.stream()
                    .noneMatch(assignment ->
                            assignment.object("target").textOrEmpty("groupId").equalsIgnoreCase(group));
        }

        private void read(@Nullable Object answer) {
            present.addAll(pages.read(answer));
        }
    }
}
