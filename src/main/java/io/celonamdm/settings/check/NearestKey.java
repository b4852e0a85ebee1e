package io.celonamdm.settings.check;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Finds the known key that an unknown one was probably meant to be: misspelt or misplaced. */
final class NearestKey {
    private NearestKey() {}

    /** The nearest known key; empty if none is near enough. */
    static Optional<ConfigurationPropertyName> to(KeyMatch match) {
        int enclosing = match.enclosing();
        Map<String, Setting> candidates = new TreeMap<>();
        collect("", match.path().get(enclosing), candidates);
        String written = letters(match.unknownElement());
        String place = letters(match.unknown().subName(enclosing + 1).toString());
        // The last word decides; among keys with the same last word ("poll.max", "retry.max") the place does.
        Comparator<String> nearest = Comparator.<String>comparingInt(key -> distance(written, lastWord(key)))
                .thenComparingInt(key -> EditDistance.between(place, letters(key)))
                .thenComparing(Comparator.naturalOrder());
        return candidates.keySet().stream()
                .min(nearest)
                .filter(key -> distance(written, lastWord(key)) <= Math.max(1, (written.length() + 1) / 3))
                .map(key -> match.key().chop(enclosing + 1).append(key));
    }

    private static void collect(String prefix, Setting group, Map<String, Setting> candidates) {
        group.members().forEach((name, member) -> {
            candidates.put(prefix + name, member);
            collect(prefix + name + ".", member, candidates);
        });
    }

    private static int distance(String written, String known) {
        boolean part =
                Math.min(written.length(), known.length()) >= 3 && (written.contains(known) || known.contains(written));
        return part && !written.equals(known) ? 1 : EditDistance.between(written, known);
    }

    private static String lastWord(String key) {
        return letters(key.substring(key.lastIndexOf('.') + 1));
    }

    private static String letters(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
