package io.celonamdm.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a device's MDM record; all its parts must hold. Each value is a pattern: the whole text with {@code *}
 * and {@code ?}, or a regular expression between slashes; case does not matter.
 *
 * @param mdmGroup a group that the device is in
 * @param category the MDM's category of the device
 * @param name the device's name
 * @param serial the serial number
 * @param user the assigned user
 * @param model the model
 * @param os the operating system as the MDM names it, such as iOS
 * @param attribute further fields by name; names match regardless of case, blanks and punctuation
 */
public record When(
        @Nullable String mdmGroup,
        @Nullable String category,
        @Nullable String name,
        @Nullable String serial,
        @Nullable String user,
        @Nullable String model,
        @Nullable String os,
        @Nullable Map<String, String> attribute) {

    private static final String NOTHING_NAMED =
            "names no condition; there are mdm-group, category, name, serial, user, model, os and attribute";

    /**
     * A problem of a condition.
     *
     * @param key the key below the condition; empty for the condition as a whole
     * @param attribute the attribute's name, if the key is {@code attribute}; empty otherwise
     * @param text the problem, and what is allowed
     */
    public record Fault(String key, String attribute, String text) {}

    /** All problems of this condition; empty if it is valid. */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        patterns()
                .forEach((key, pattern) ->
                        TextPattern.problem(pattern).ifPresent(text -> faults.add(new Fault(key, "", text))));
        attributes()
                .forEach((key, pattern) ->
                        TextPattern.problem(pattern).ifPresent(text -> faults.add(new Fault("attribute", key, text))));
        if (patterns().isEmpty() && attributes().isEmpty()) {
            faults.add(new Fault("", "", NOTHING_NAMED));
        }
        return faults;
    }

    /** The patterns by key, without the attributes'. */
    Map<String, String> patterns() {
        Map<String, String> patterns = new LinkedHashMap<>();
        put(patterns, "mdm-group", mdmGroup);
        put(patterns, "category", category);
        put(patterns, "name", name);
        put(patterns, "serial", serial);
        put(patterns, "user", user);
        put(patterns, "model", model);
        put(patterns, "os", os);
        return patterns;
    }

    /** The patterns of attributes by the attribute's name. */
    Map<String, String> attributes() {
        return attribute == null ? Map.of() : attribute;
    }

    private static void put(Map<String, String> patterns, String key, @Nullable String pattern) {
        if (pattern != null) {
            patterns.put(key, pattern);
        }
    }
}
