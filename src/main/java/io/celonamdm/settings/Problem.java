package io.celonamdm.settings;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the settings.
 *
 * @param key the full key
 * @param value the value as written, secrets masked; null if there is none to show
 * @param text what is wrong and what is allowed
 * @param place where it is written; null if it is not
 */
record Problem(
        String key,
        @Nullable String value,
        String text,
        @Nullable String place) {
    @Override
    public String toString() {
        return key
                + (value == null ? "" : " = " + (value.isBlank() ? "\"" + value + "\"" : value))
                + ": "
                + text
                + (place == null ? "" : " (" + place + ")");
    }
}
