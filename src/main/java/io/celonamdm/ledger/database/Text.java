package io.celonamdm.ledger.database;

import io.celonamdm.text.Excerpt;
import io.celonamdm.text.Invisible;
import org.jspecify.annotations.Nullable;

/** Texts for columns: external ones without secrets and cut to the length, and the names of constants. */
public final class Text {
    /** Characters of a reason or a detail. */
    public static final int REASON = 1000;

    private Text() {}

    /** Removes secrets and invisible characters, and cuts the text to {@code length} characters. */
    public static String cut(@Nullable String text, int length) {
        // invisible characters go too: PostgreSQL refuses NUL
        return Excerpt.lines(text, length);
    }

    /** An address: without invisible characters, and cut to {@code length} characters; null for null. */
    public static @Nullable String address(@Nullable String address, int length) {
        if (address == null) {
            return null;
        }
        String visible = Invisible.removed(address);
        return visible.substring(0, Math.min(length, visible.length()));
    }

    /** The name of a constant; null for null. */
    public static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
