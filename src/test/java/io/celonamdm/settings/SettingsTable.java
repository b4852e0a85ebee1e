package io.celonamdm.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

/** All settings as tables in Markdown, one for each group: key, type, default, and what its Javadoc says. */
final class SettingsTable {
    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Words for types, in the order in which they are tried. */
    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(Duration.class, "duration"),
            Map.entry(DataSize.class, "size"),
            Map.entry(ZoneId.class, "time zone"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(URI.class, "address"),
            Map.entry(String.class, "text"),
            Map.entry(boolean.class, "`true`, `false`"),
            Map.entry(Boolean.class, "`true`, `false`"),
            Map.entry(int.class, "number"),
            Map.entry(BigDecimal.class, "number"),
            Map.entry(Integer.class, "number"),
            Map.entry(long.class, "number"),
            Map.entry(double.class, "number"));

    private final StringBuilder text = new StringBuilder();

    private SettingsTable() {}

    static String ofAll() {
        SettingsTable table = new SettingsTable();
        table.group("connector", ConnectorSettings.class);
        return table.text.toString();
    }

    private void group(String prefix, Class<?> group) {
        List<Runnable> below = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        Parameter[] parameters = canonical(group).getParameters();
        RecordComponent[] components = group.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = DataObjectPropertyName.toDashedForm(component.getName());
            ResolvableType type = ResolvableType.forType(component.getGenericType());
            String suffix = suffix(type);
            Class<?> inner = inner(type).resolve(Object.class);
            if (inner.isRecord()) {
                below.add(() -> group(prefix + "." + name + suffix, inner));
            }
            if (!type.resolve(Object.class).isRecord()) {
                rows.append("| `%s` | %s | %s | %s |%n"
                        .formatted(
                                name,
                                type(type),
                                standard(parameters[i], component),
                                Javadoc.of(group).of(component.getName())));
            }
        }
        if (!rows.isEmpty()) {
            text.append("%n### `%s`%n%n".formatted(prefix))
                    .append(Javadoc.of(group).sentence())
                    .append("\n\n| key | type | default | meaning |\n| --- | --- | --- | --- |\n")
                    .append(rows);
        }
        below.forEach(Runnable::run);
    }

    /** What stands behind the key of a map's or a list's entry. */
    private static String suffix(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        return Map.class.isAssignableFrom(raw) ? ".<name>" : Collection.class.isAssignableFrom(raw) ? "[]" : "";
    }

    private static ResolvableType inner(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        if (Map.class.isAssignableFrom(raw)) {
            return type.asMap().getGeneric(1);
        }
        return Collection.class.isAssignableFrom(raw) ? type.asCollection().getGeneric(0) : type;
    }

    private static String type(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        if (Map.class.isAssignableFrom(raw)) {
            return "map to " + type(type.asMap().getGeneric(1));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return "list of " + type(type.asCollection().getGeneric(0));
        }
        if (raw.isEnum()) {
            return Stream.of(raw.getEnumConstants())
                    .map(each -> "`"
                            + ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        }
        if (raw.isRecord()) {
            return "group, see below";
        }
        String word = TYPES.get(raw);
        if (word == null) {
            throw new AssertionError("no word for the type " + raw);
        }
        return word;
    }

    private static String standard(AnnotatedElement parameter, RecordComponent component) {
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        if (value == null) {
            boolean optional = Stream.of(component.getAnnotatedType(), parameter, component)
                    .anyMatch(each -> each.isAnnotationPresent(Nullable.class));
            return optional || component.getType().isPrimitive() ? "" : "required";
        }
        return Stream.of(value.value())
                .filter(each -> !each.isEmpty())
                .map(each -> "`" + each + "`")
                .collect(Collectors.joining(", "));
    }

    private static Constructor<?> canonical(Class<?> group) {
        Class<?>[] types = Stream.of(group.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return group.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    /** What the source of a record says about it and its components. */
    private record Javadoc(String comment) {
        private static final Pattern TAG =
                Pattern.compile("\\{@(?:code|literal|link) +([^{}]*(?:\\{[^{}]*\\})?[^{}]*)\\}");

        static Javadoc of(Class<?> type) {
            Class<?> outer = type.getNestHost();
            try {
                String source = Files.readString(SOURCES.resolve(outer.getName().replace('.', '/') + ".java"));
                int declared = source.indexOf("record " + type.getSimpleName() + "(");
                String above = source.substring(0, declared);
                return new Javadoc(above.substring(above.lastIndexOf("/**") + 3, above.lastIndexOf("*/"))
                        .replaceAll("(?m)^ *\\*? ?", ""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first sentence, on the record itself. */
        String sentence() {
            return plain(comment.split("(?m)^ *@param", -1)[0]);
        }

        /** What is said about a component, as a sentence. */
        String of(String component) {
            Matcher found = Pattern.compile("(?s)@param " + component + "\\s+(.*?)(?=\\n@|\\z)")
                    .matcher(comment);
            if (!found.find()) {
                throw new AssertionError("nothing explains " + component);
            }
            String said = plain(found.group(1));
            return Character.toUpperCase(said.charAt(0)) + said.substring(1) + (said.endsWith(".") ? "" : ".");
        }

        private static String plain(String javadoc) {
            return TAG.matcher(javadoc.replaceAll("\\s+", " ").strip())
                    .replaceAll(found -> Matcher.quoteReplacement("`" + found.group(1) + "`"))
                    .replace("|", "\\|");
        }
    }
}
