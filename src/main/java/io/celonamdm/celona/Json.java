package io.celonamdm.celona;

import io.celonamdm.json.UnreadableAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a parser makes of JSON, tolerant of types that changed since Celona wrote its documents. */
final class Json {

    private Json() {}

    /** The members of an object that are not null, in their order; empty if the value is no object. */
    static Map<String, Object> object(@Nullable Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> {
                if (member != null) {
                    members.put(String.valueOf(key), member);
                }
            });
        }
        return members;
    }

    /** A member as text without blanks at its ends; empty if it is missing. */
    static String text(Map<String, Object> object, String name) {
        return Objects.toString(object.get(name), "").strip();
    }

    /**
     * The objects of a list; other elements are left out.
     *
     * @throws UnreadableAnswer if the member is neither missing nor a list
     */
    static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        return list(object, name).stream()
                .filter(Map.class::isInstance)
                .map(Json::object)
                .toList();
    }

    /**
     * The texts and numbers of a list, as text without blanks at their ends.
     *
     * @throws UnreadableAnswer if the member is neither missing nor a list
     */
    static List<String> texts(Map<String, Object> object, String name) {
        return list(object, name).stream()
                .filter(Objects::nonNull)
                .map(element -> String.valueOf(element).strip())
                .toList();
    }

    private static List<?> list(Map<String, Object> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new UnreadableAnswer("a list called " + name, value);
    }
}
