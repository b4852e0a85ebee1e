package io.celonamdm.ledger;

import org.jspecify.annotations.Nullable;

/** Text from outside, cut to what a column takes. */
final class Text {
    static final int REASON = 1000;

    private Text() {}

    static String cut(@Nullable String text, int length) {
        if (text == null) {
            return "";
        }
        // NUL is the one character that PostgreSQL refuses in text
        String clean = text.replace("\u0000", "");
        return clean.length() <= length ? clean : clean.substring(0, length - 1) + "…";
    }
}
