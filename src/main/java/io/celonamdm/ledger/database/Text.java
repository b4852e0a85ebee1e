package io.celonamdm.ledger.database;

import io.celonamdm.text.Excerpt;
import org.jspecify.annotations.Nullable;

/** Removes secrets from external text and cuts it to the length of a column. */
public final class Text {
    /** Characters of a reason or a detail. */
    public static final int REASON = 1000;

    private Text() {}

    /** Removes secrets and invisible characters, and cuts the text to {@code length} characters. */
    public static String cut(@Nullable String text, int length) {
        // invisible characters go too: PostgreSQL refuses NUL
        return Excerpt.lines(text, length);
    }
}
