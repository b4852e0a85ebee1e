package io.celonamdm.operations.command;

import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.settings.check.EditDistance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A setting among the arguments, such as {@code --server.port=9090}: those that the frameworks describe. What the
 * connector's own are is checked with all other settings; some of Camel's are described nowhere.
 */
final class Setting {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Set<String> OF_ONE_WORD = Set.of("debug", "trace");

    private Setting() {}

    /** Whether the argument is written like one; an option has no dot. */
    static boolean isOne(String argument) {
        String name = name(argument);
        return argument.startsWith("--") && (name.contains(".") || OF_ONE_WORD.contains(name));
    }

    /** Why nobody would read it; empty if somebody does. */
    static Optional<String> problem(String argument) {
        String name = name(argument);
        if (OF_ONE_WORD.contains(name) || name.startsWith("connector.") || name.startsWith("camel.")) {
            return Optional.empty();
        }
        Map<String, Described> known = Metadata.DESCRIBED;
        if (isKnown(name, known)) {
            return Optional.empty();
        }
        String near = known.values().stream()
                .map(Described::name)
                .min(Comparator.comparingInt(each -> EditDistance.between(name, each)))
                .filter(each -> EditDistance.between(name, each) <= Math.max(2, name.length() / 5))
                .map(each -> "; did you mean --" + each + "?")
                .orElse("; a name of your own belongs into config/application.yaml or the environment");
        return Optional.of("no setting is named " + name + near);
    }

    private static boolean isKnown(String name, Map<String, Described> known) {
        if (known.containsKey(canonical(name))) {
            return true;
        }
        // a key or an element of a map or list
        for (int end = name.length();
                end > 0;
                end = Math.max(name.lastIndexOf('.', end - 1), name.lastIndexOf('[', end - 1))) {
            Described above = known.get(canonical(name.substring(0, end)));
            if (above != null && above.type().startsWith("java.util.")) {
                return true;
            }
        }
        return false;
    }

    private record Described(String name, String type) {}

    /** Read once, and only where an argument asks for it. */
    private static final class Metadata {
        static final Map<String, Described> DESCRIBED = read();

        private static Map<String, Described> read() {
            Map<String, Described> known = new HashMap<>();
            try {
                for (URL each : Collections.list(Setting.class.getClassLoader().getResources(METADATA))) {
                    try (InputStream input = each.openStream()) {
                        Json.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                                .map(Fields::of)
                                .map(all -> all.list("properties"))
                                .ifPresent(properties -> properties.forEach(property -> known.put(
                                        canonical(property.textOrEmpty("name")),
                                        new Described(property.textOrEmpty("name"), property.textOrEmpty("type")))));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the descriptions of the settings cannot be read", e);
            }
            return known;
        }
    }

    /** Spring reads dashes, underscores and capitals alike. */
    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static String name(String argument) {
        return argument.replaceFirst("^--", "").replaceFirst("=(?s:.*)", "");
    }
}
