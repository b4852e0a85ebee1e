package io.celonamdm.ledger.database;

import io.celonamdm.text.Excerpt;
import org.jspecify.annotations.Nullable;

/** Text from outside, without secrets, cut to what a column takes. */
public final class Text {
    public static final int REASON = 1000;

    private Text() {}

    public static String cut(@Nullable String text, int length) {
        // without invisible characters, of which PostgreSQL refuses NUL
        return Excerpt.lines(text, length);
    }
}
