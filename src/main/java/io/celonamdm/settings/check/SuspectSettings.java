package io.celonamdm.settings.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** Finds the settings that a failure is about by their values, since most failures of libraries name no setting. */
public final class SuspectSettings {
    private static final int FEW = 3;
    private static final int SHORTEST = 3;

    /** Those that somebody sets; the system's own properties and variables are no settings. */
    private static final Set<String> ROOTS =
            Set.of("server", "management", "spring", "logging", "camel", "connector", "http", "https");

    private static final Pattern PREFIX = Pattern.compile("^(?:file|classpath|optional:file):|^#(?:bean|class):");
    private static final Pattern NO_WORD = Pattern.compile("true|false|[0-9]{1,2}", Pattern.CASE_INSENSITIVE);

    private SuspectSettings() {}

    /** The written settings whose values are in the words of a failure, or have the words in them; a few at most. */
    public static List<String> in(ConfigurableEnvironment environment, String words) {
        WrittenSettings written = new WrittenSettings(environment);
        Set<String> suspects = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            // its own defaults are nobody's mistake
            if (source instanceof IterableConfigurationPropertySource known
                    && !String.valueOf(source.getUnderlyingSource()).contains("class path resource")) {
                known.stream()
                        .filter(key -> ROOTS.contains(key.getElement(0, ConfigurationPropertyName.Form.UNIFORM)))
                        .filter(key -> !written.isSecret(key))
                        .filter(key -> written.value(key)
                                .filter(value -> isIn(words, value))
                                .isPresent())
                        .map(key -> shown(written, key))
                        .forEach(suspects::add);
            }
        }
        return suspects.stream().limit(FEW).toList();
    }

    private static boolean isIn(String words, String value) {
        String bare = PREFIX.matcher(value.strip()).replaceFirst("");
        if (bare.length() < SHORTEST || NO_WORD.matcher(bare).matches()) {
            return false;
        }
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(bare) + "(?![\\w])")
                        .matcher(words)
                        .find()
                || (words.length() >= SHORTEST && bare.startsWith(words));
    }

    private static String shown(WrittenSettings written, ConfigurationPropertyName key) {
        return key + " = " + written.shown(key)
                + written.origin(key)
                        .map(origin -> " (" + Problem.place(origin) + ")")
                        .orElse("");
    }
}
