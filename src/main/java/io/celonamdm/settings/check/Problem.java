package io.celonamdm.settings.check;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;

/**
 * One thing that is wrong with the settings.
 *
 * @param key the full key
 * @param value the value as written, secrets masked; null if there is none to show
 * @param text what is wrong and what is allowed
 * @param place where it is written; null if it is not
 */
public record Problem(
        String key,
        @Nullable String value,
        String text,
        @Nullable String place) {
    /** How Spring describes a file, around its path. */
    private static final Pattern FILE = Pattern.compile("^(?:file|URL) \\[(?:file:)?(.*)]$");

    @Override
    public String toString() {
        return key
                + (value == null ? "" : " = " + (value.isBlank() ? "\"" + value + "\"" : value))
                + ": "
                + text
                + (place == null ? "" : " (" + place + ")");
    }

    /** The file and line, as far as they are known. */
    public static String place(Origin origin) {
        Origin inner = inner(origin);
        if (inner instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return FILE.matcher(text.getResource().getDescription()).replaceFirst("$1")
                    + ", line "
                    + (text.getLocation().getLine() + 1);
        }
        return inner.toString();
    }

    /** The origin itself, without the source that has told it. */
    static Origin inner(Origin origin) {
        return origin instanceof PropertySourceOrigin outer && outer.getOrigin() != null ? outer.getOrigin() : origin;
    }
}
