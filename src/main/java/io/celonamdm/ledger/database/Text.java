package io.celonamdm.ledger.database;

import io.celonamdm.text.Excerpt;
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

    /** The name of a constant; null for null. */
    public static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
