package io.celonamdm.settings.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * The spellings of the operator's own names, such as those of syncs. A variable or an argument may spell one without its
 * dashes; the binder would find the values of the one sync under both names, and make two syncs of them.
 */
final class Spellings {
    private static final List<ConfigurationPropertyName> MAPS = Setting.ROOT.mapsOfGroups(Keys.CONNECTOR);

    /** Names are equal without dashes and case. */
    private final Map<ConfigurationPropertyName, Set<String>> spelled = new HashMap<>();

    private Spellings() {}

    /** The same sources, of which each leaves out the names that one behind it, such as a file, spells in another way. */
    static List<ConfigurationPropertySource> once(List<ConfigurationPropertySource> sources) {
        Spellings spellings = new Spellings();
        List<ConfigurationPropertySource> all = new ArrayList<>(sources);
        for (ListIterator<ConfigurationPropertySource> each = all.listIterator(all.size()); each.hasPrevious(); ) {
            if (each.previous() instanceof IterableConfigurationPropertySource source) {
                each.set(spellings.filtered(source));
            }
        }
        return all;
    }

    private ConfigurationPropertySource filtered(IterableConfigurationPropertySource source) {
        List<ConfigurationPropertyName> keys =
                source.stream().filter(key -> !isOtherSpelling(key)).toList();
        boolean isWhole = keys.size() == source.stream().count();
        keys.forEach(key -> entry(key)
                .forEach(entry ->
                        spelled.computeIfAbsent(entry, each -> new HashSet<>()).add(name(entry))));
        return isWhole ? source : new Filtered(source, keys);
    }

    private boolean isOtherSpelling(ConfigurationPropertyName key) {
        return entry(key)
                .anyMatch(entry -> spelled.containsKey(entry)
                        && !spelled.getOrDefault(entry, Set.of()).contains(name(entry)));
    }

    private static Stream<ConfigurationPropertyName> entry(ConfigurationPropertyName key) {
        return MAPS.stream().filter(map -> map.isAncestorOf(key)).map(map -> key.chop(map.getNumberOfElements() + 1));
    }

    private static String name(ConfigurationPropertyName entry) {
        return entry.getLastElement(Form.ORIGINAL);
    }

    private record Filtered(IterableConfigurationPropertySource source, List<ConfigurationPropertyName> keys)
            implements IterableConfigurationPropertySource {
        @Override
        public Stream<ConfigurationPropertyName> stream() {
            return keys.stream();
        }

        @Override
        public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
            return source.getConfigurationProperty(name);
        }

        @Override
        public @Nullable Object getUnderlyingSource() {
            return source.getUnderlyingSource();
        }
    }
}
