package io.celonamdm.settings.check;

import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings that the frameworks describe for editors; some of Camel's are described nowhere. */
public final class DescribedSettings {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String ENDPOINT = "management.endpoint.";

    private DescribedSettings() {}

    /** Whether somebody reads it. */
    public static boolean knows(String name) {
        return type(name).isPresent();
    }

    /** The type of its value; that of a whole map or list for a part of one. Empty if it is unknown. */
    static Optional<String> type(String name) {
        Described exact = All.BY_NAME.get(canonical(name));
        return exact != null
                ? Optional.of(exact.type())
                : above(name)
                        .flatMap(each -> Stream.ofNullable(All.BY_NAME.get(canonical(each))))
                        .map(Described::type)
                        .filter(type -> type.startsWith("java.util.") || type.endsWith("[]"))
                        .findFirst();
    }

    private static Stream<String> above(String name) {
        return Stream.iterate(
                name,
                each -> each.length() > 0,
                each -> each.substring(0, Math.max(0, Math.max(each.lastIndexOf('.'), each.lastIndexOf('[')))));
    }

    /** The name that was probably meant; empty if none is near. */
    public static Optional<String> nearest(String name) {
        return All.BY_NAME.values().stream()
                .map(Described::name)
                .min(Comparator.comparingInt((String each) -> EditDistance.between(name, each))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(each -> EditDistance.between(name, each) <= Math.max(2, name.length() / 5));
    }

    /** The ids of all endpoints, exposed or not. */
    static SortedSet<String> endpoints() {
        return All.BY_NAME.values().stream()
                .map(Described::name)
                .filter(name -> name.startsWith(ENDPOINT) && name.endsWith(".access"))
                .map(name -> name.substring(ENDPOINT.length(), name.length() - ".access".length()))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Described(String name, String type) {}

    /** Read once, and only where somebody wrote a setting of a framework. */
    private static final class All {
        static final Map<String, Described> BY_NAME = read();

        private static Map<String, Described> read() {
            Map<String, Described> known = new HashMap<>();
            try {
                for (URL each : Collections.list(
                        DescribedSettings.class.getClassLoader().getResources(METADATA))) {
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
}
