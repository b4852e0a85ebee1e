package io.celonamdm.platform.jamf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the parts of a record that are read against the schema; a malformed record would understate the device. */
final class RecordShape {
    /** Sections that each device has; without them, a device would seem unmanaged, nameless and without a user. */
    private static final List<String> NEEDED = List.of("general", "hardware");

    private static final Set<String> OBJECTS = Set.of("general", "hardware", "userAndLocation", "network");
    private static final Set<String> LISTS = Set.of("serviceSubscriptions", "groups", "extensionAttributes");

    private RecordShape() {}

    /** The fault of a record's shape; null if there is none. */
    static @Nullable String fault(Map<?, ?> record) {
        if (record.isEmpty()) {
            return "it is no object";
        }
        for (String section : NEEDED) {
            if (!(record.get(section) instanceof Map<?, ?>)) {
                return "it has no section \"%s\"".formatted(section);
            }
        }
        return fault(record, "");
    }

    private static @Nullable String fault(Map<?, ?> object, String path) {
        for (Map.Entry<?, ?> field : object.entrySet()) {
            String name = String.valueOf(field.getKey());
            Object value = field.getValue();
            String fault = value == null ? null : fault(name, value, path + name);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable String fault(String name, Object value, String path) {
        if (OBJECTS.contains(name)) {
            return value instanceof Map<?, ?> section ? fault(section, path + ".") : "%s is no object".formatted(path);
        }
        if (LISTS.contains(name)) {
            return value instanceof List<?> list ? elements(list, path) : "%s is no list".formatted(path);
        }
        if (name.equals("managed")) {
            return value instanceof Boolean ? null : "%s is neither true nor false".formatted(path);
        }
        boolean texts = name.equals("value")
                && value instanceof List<?> list
                && list.stream().allMatch(each -> each == null || isText(each));
        return texts || isText(value) ? null : "%s is no text".formatted(path);
    }

    private static @Nullable String elements(List<?> list, String path) {
        for (Object element : list) {
            String fault = element instanceof Map<?, ?> object
                    ? fault(object, path + "[].")
                    : "%s has something in it that is no object".formatted(path);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Number;
    }
}
