package io.celonamdm.settings.check;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;

/**
 * A problem in the settings.
 *
 * @param key the full key, or the file
 * @param value the value as written, secrets masked; null if there is nothing to show
 * @param text what is wrong and what is allowed
 * @param place the file and line; null if it is not written anywhere
 */
public record Problem(
        String key,
        @Nullable String value,
        String text,
        @Nullable String place) {
    /** Spring's description of a file, with its path inside. */
    private static final Pattern FILE = Pattern.compile("^(?:file|URL) \\[(?:file:)?(.*)]$");

    /** Creates a problem of a whole file or folder. */
    public static Problem of(Object file, String text) {
        return new Problem(file.toString(), null, text, null);
    }

    @Override
    public String toString() {
        String shown = value == null ? "" : " = " + (value.isBlank() ? "\"" + value + "\"" : value);
        return key + shown + ": " + text + (place == null ? "" : " (" + place + ")");
    }

    /** The file and line, as far as known. */
    public static String place(Origin origin) {
        Origin inner = inner(origin);
        return inner instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null
                ? FILE.matcher(text.getResource().getDescription()).replaceFirst("$1")
                        + ", line "
                        + (text.getLocation().getLine() + 1)
                : inner.toString();
    }

    /** The origin itself, without the property source around it. */
    static Origin inner(Origin origin) {
        return origin instanceof PropertySourceOrigin outer && outer.getOrigin() != null ? outer.getOrigin() : origin;
    }
}
