package io.celonamdm.json;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose fields may be missing, null or of an unexpected type. All of these read as absent, so one odd
 * record never fails a pull.
 */
public final class Fields {
    private final Map<?, ?> json;

    private Fields(Map<?, ?> json) {
        this.json = json;
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
        return of(json.get(name));
    }

    /** The object as it is. */
    public Map<?, ?> map() {
        return json;
    }

    /** Whether it has no fields. */
    public boolean isEmpty() {
        return json.isEmpty();
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
        return text(json.get(name));
    }

    /** The text, empty if there is none. */
    public String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    /** Whether a flag is there and has the value. */
    public boolean is(String name, boolean value) {
        return Boolean.valueOf(value).equals(json.get(name));
    }

    /** A point in time. */
    public Optional<Instant> time(String name) {
        return text(name).flatMap(Timestamps::parse);
    }

    private List<?> elements(String name) {
        return json.get(name) instanceof List<?> list ? list : List.of();
    }

    private static Optional<String> text(@Nullable Object value) {
        // an EID that lost its quotes may have become a number, and rounding must stay visible
        if (value instanceof String || value instanceof Number) {
            return Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
        }
        return Optional.empty();
    }
}
