package io.celonamdm.platform.intune.configuration;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphPages;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration profile of a sync ({@code deviceConfiguration} of Graph). Its description has the sync's mark, by which
 * it is found again, and the mark of its content. It is created if no profile of its type has the sync's mark, and
 * changed if its content differs. A profile without the mark is never touched.
 */
public abstract class Configuration {
    static final String PATH = Graph.V1 + "/deviceManagement/deviceConfigurations";

    private final String type;
    private final String name;
    private final String mark;
    private final String content;
    private final String group;
    private final GraphPages pages;
    private final List<Found> ours = new ArrayList<>();
    private boolean nameTaken;
    private String id = "";
    private boolean current;

    private record Found(String id, String created, String description) {}

    /**
     * Begins the search for a profile.
     *
     * @param sync the sync that it belongs to
     * @param type its type, such as {@code iosCustomConfiguration}
     * @param name its name in the tenant
     * @param content the mark of its content, such as {@code [content:0123456789abcdef]}
     * @param group object id of the group that gets it
     */
    protected Configuration(Sync sync, String type, String name, String content, String group) {
        this.type = "#microsoft.graph." + type;
        this.name = name;
        this.mark = "[celona-mdm-connector:" + sync.name() + "]";
        this.content = content;
        this.group = group;
        this.pages = new GraphPages(sync.mdm().graphUrl(), PATH, "$select=id,displayName,description,createdDateTime");
    }

    /** Its purpose, as the first sentence of its description. */
    protected abstract String purpose();

    /** The properties of its type. */
    protected abstract Map<String, Object> settings();

    /** Whether the name belongs to it alone: then it is not created beside another profile of the name. */
    protected abstract boolean ownsName();

    /** The pages of the tenant's profiles. All are read, because only then it is certain that it is missing. */
    public final GraphPages getPages() {
        return pages;
    }

    /** Whether the profile must be written. */
    public final boolean isStale() {
        return !current;
    }

    /** The method that writes it. */
    public final String getMethod() {
        return id.isEmpty() ? "POST" : "PATCH";
    }

    /** Its path. */
    public final String getPath() {
        return id.isEmpty() ? PATH : PATH + "/" + Graph.encoded(id);
    }

    /** The content to write. */
    public final byte[] getBody() {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("@odata.type", type);
        profile.put("displayName", name);
        profile.put("description", String.join(" ", purpose(), mark, content));
        profile.putAll(settings());
        return Graph.body(profile);
    }

    /** Its name in the tenant. */
    public final String getName() {
        return name;
    }

    /** Its id; empty until it exists. */
    public final String id() {
        return id;
    }

    final String group() {
        return group;
    }

    final void look(@Nullable Object answer) {
        for (Fields profile : pages.read(answer)) {
            String description = profile.textOrEmpty("description");
            // Graph names the type of a derived object; where it does not, the content tells
            Optional<Boolean> typed = profile.text("@odata.type").map(type::equals);
            boolean same = typed.orElseGet(() -> description.contains(content.substring(0, content.indexOf(':') + 1)));
            if (same && description.contains(mark)) {
                String found = profile.text("id")
                        .orElseThrow(() -> new UnreadableAnswer("a configuration profile's id", profile.map()));
                ours.add(new Found(found, profile.textOrEmpty("createdDateTime"), description));
            } else if (typed.orElse(true)) {
                nameTaken |= profile.textOrEmpty("displayName").equalsIgnoreCase(name);
            }
        }
    }

    /**
     * Ends the search: the oldest profile with the mark is the sync's.
     *
     * @return the ids of the others; a copy made by hand has the mark too
     */
    final List<String> searched() {
        ours.sort(Comparator.comparing(Found::created).thenComparing(Found::id));
        if (ours.isEmpty()) {
            return List.of();
        }
        id = ours.get(0).id();
        current = ours.get(0).description().contains(content);
        return ours.stream().skip(1).map(Found::id).toList();
    }

    /** Whether it must not be created, because another profile has its name. */
    final boolean isHindered() {
        return id.isEmpty() && nameTaken && ownsName();
    }

    final void written(@Nullable Object answer) {
        if (id.isEmpty()) {
            id = Fields.of(answer)
                    .text("id")
                    .orElseThrow(() -> new UnreadableAnswer("a configuration profile's id", answer));
        }
        current = true;
    }
}
