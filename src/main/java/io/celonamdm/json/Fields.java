package io.celonamdm.json;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose fields may be missing, null or of an unexpected type. All of these read as absent, so one odd
 * record never fails a pull; if a call's outcome depends on a field, use {@code required…} or {@code any…}.
 *
 * @param map the object as it is
 */
public record Fields(Map<?, ?> map) {
    /** The object cannot be changed through its fields. */
    public Fields {
        map = Collections.unmodifiableMap(map);
    }

    /** Wraps the object; anything else reads as one without fields. */
    public static Fields of(@Nullable Object json) {
        return new Fields(mapOf(json));
    }

    /** The object as a map; anything else reads as an empty one. */
    public static Map<?, ?> mapOf(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }

    /** An object in this one. */
    public Fields object(String name) {
        return of(map.get(name));
    }

    /** Whether it has no fields. */
    public boolean isEmpty() {
        return map.isEmpty();
    }

    /** Whether something is there. */
    public boolean has(String name) {
        return map.get(name) != null;
    }

    /** The objects of a list in this one. */
    public List<Fields> list(String name) {
        return elements(name).stream()
                .filter(Map.class::isInstance)
                .map(Fields::of)
                .toList();
    }

    /** The texts of a list in this one, without the empty ones. */
    public List<String> texts(String name) {
        return elements(name).stream().flatMap(value -> text(value).stream()).toList();
    }

    /** A text that is not a placeholder; a number counts as its digits. */
    public Optional<String> text(String name) {
        return text(map.get(name));
    }

    /** The text, empty if there is none. */
    public String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    /** What is there, as text and whatever its type; empty if nothing is. */
    public String anyText(String name) {
        return Objects.toString(map.get(name), "").strip();
    }

    /**
     * The objects of a list in this one; none if it is missing.
     *
     * @throws UnreadableAnswer if it is something else
     */
    public List<Fields> requiredList(String name) {
        return required(name).stream()
                .filter(Map.class::isInstance)
                .map(Fields::of)
                .toList();
    }

    /**
     * What is in a list in this one, as texts and whatever their types; nothing if it is missing.
     *
     * @throws UnreadableAnswer if it is something else
     */
    public List<String> requiredTexts(String name) {
        return required(name).stream()
                .filter(Objects::nonNull)
                .map(element -> String.valueOf(element).strip())
                .toList();
    }

    private List<?> required(String name) {
        Object value = map.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new UnreadableAnswer("a list called " + name, value);
    }

    /** Whether a flag is there and has the value. */
    public boolean is(String name, boolean value) {
        return Boolean.valueOf(value).equals(map.get(name));
    }

    /** A point in time. */
    public Optional<Instant> time(String name) {
        return text(name).flatMap(Timestamps::parse);
    }

    private List<?> elements(String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }

    private static Optional<String> text(@Nullable Object value) {
        // an EID that lost its quotes may have become a number, and rounding must stay visible
        if (value instanceof String || value instanceof Number) {
            return Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
        }
        return Optional.empty();
    }
}
