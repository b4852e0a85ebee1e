package io.celonamdm.settings.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Finds the known key that an unknown one was probably meant to be: misspelt or misplaced. */
final class NearestKey {
    private NearestKey() {}

    /** The nearest known key; empty if none is near enough. */
    static Optional<ConfigurationPropertyName> to(ConfigurationPropertyName key) {
        List<Setting> known = Setting.path(key);
        int group = enclosing(known);
        String written = letters(key.getElement(known.size(), Form.ORIGINAL));
        String place = letters(key.chop(known.size() + 1).subName(group + 1).toString());
        // The last word decides; among keys with the same last word ("poll.max", "retry.max") the place does.
        return keys(known.get(group))
                .min(Comparator.<String>comparingInt(each -> distance(written, lastWord(each)))
                        .thenComparingInt(each -> EditDistance.between(place, letters(each)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(each -> distance(written, lastWord(each)) <= Math.max(1, (written.length() + 1) / 3))
                .map(key.chop(group + 1)::append);
    }

    /** The deepest group that is the root or an entry of a map or list; a misplaced key stays inside it. */
    private static int enclosing(List<Setting> path) {
        int last = path.size() - 1;
        while (last > 0 && !(path.get(last).isGroup() && path.get(last - 1).isEntries())) {
            last--;
        }
        return last;
    }

    private static Stream<String> keys(Setting group) {
        return group.members().entrySet().stream()
                .flatMap(member -> Stream.concat(
                        Stream.of(member.getKey()),
                        keys(member.getValue()).map(below -> member.getKey() + "." + below)));
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
