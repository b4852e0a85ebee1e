package io.celonamdm.settings.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Says that no sync has this name, and which ones exist. */
public final class UnknownSync {
    /** As many names as can be read at a glance. */
    private static final int A_FEW = 10;

    private static final int NEAREST = 3;

    private UnknownSync() {}

    /** The message, with all configured names if there are few, or the nearest ones. */
    public static String text(String name, Collection<String> configured) {
        if (configured.size() <= A_FEW) {
            return "no sync is named \"%s\"; configured are %s".formatted(name, configured);
        }
        Comparator<String> nearest = Comparator.<String>comparingInt(each -> EditDistance.between(name, each))
                .thenComparing(Comparator.naturalOrder());
        List<String> near = configured.stream().sorted(nearest).limit(NEAREST).toList();
        return "no sync is named \"%s\"; of the %d that are configured, the nearest are %s"
                .formatted(name, configured.size(), near);
    }
}
