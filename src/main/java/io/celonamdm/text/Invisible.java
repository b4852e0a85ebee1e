package io.celonamdm.text;

/**
 * Invisible characters with an effect: terminal escape sequences, marks that reverse the direction of text, zero-width
 * blanks, and line separators other than a line feed.
 */
public final class Invisible {
    private Invisible() {}

    /** The text without them. Line feeds and tabs stay; a line separator of another kind becomes a line feed. */
    public static String removed(String text) {
        if (isClean(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> append(kept, c));
        return kept.toString();
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // ASCII first: a night examines a million names
            if ((c < ' ' || c > '~') && (Character.isSurrogate(c) || concerns(c))) {
                return false;
            }
        }
        return true;
    }

    private static void append(StringBuilder kept, int c) {
        if (!concerns(c)) {
            kept.appendCodePoint(c);
        } else if (isLineEnd(c)) {
            kept.append('\n');
        }
    }

    private static boolean isLineEnd(int c) {
        return c == '\r' || c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static boolean concerns(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        int kind = Character.getType(c);
        return kind == Character.CONTROL
                || kind == Character.FORMAT
                || kind == Character.LINE_SEPARATOR
                || kind == Character.PARAGRAPH_SEPARATOR
                || kind == Character.SURROGATE;
    }
}
