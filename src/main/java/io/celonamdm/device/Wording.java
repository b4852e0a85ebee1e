package io.celonamdm.device;

import io.celonamdm.esim.Placeholder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Normalises texts, numbers and dates of an inventory for the ledger, rules and names. */
final class Wording {
    /** No device was enrolled before this date; vendors show an unset date as the epoch of some calendar. */
    private static final Instant FIRST = Instant.parse("1971-01-01T00:00:00Z");

    /** The longest text of an inventory, far above any vendor's own limit. */
    private static final int LONGEST = 1000;

    private static final char UNKNOWN = '\uFFFD';

    private Wording() {}

    /** The text unchanged, unless it contains unstorable characters. */
    static String plain(String text) {
        boolean odd = text.length() > LONGEST;
        for (int i = 0; i < text.length() && !odd; i++) {
            char c = text.charAt(i);
            odd = c == 0 || Character.isSurrogate(c);
        }
        return odd ? mended(text) : text;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder();
        text.codePoints()
                .filter(c -> c != 0)
                .limit(LONGEST)
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? UNKNOWN : c)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }

    static Map<String, String> plain(Map<String, String> texts) {
        Map<String, String> plain = new TreeMap<>();
        texts.forEach((key, value) -> plain.put(plain(key), plain(value)));
        return Map.copyOf(plain);
    }

    /** A number of an eSIM, a card or a radio; null for a placeholder. */
    static @Nullable String number(@Nullable String text) {
        return text == null || Placeholder.isNoNumber(text) ? null : plain(text);
    }

    static List<String> numbers(List<String> texts) {
        return texts.stream()
                .filter(text -> !Placeholder.isNoNumber(text))
                .map(Wording::plain)
                .toList();
    }

    static @Nullable Instant date(@Nullable Instant time) {
        return time == null || time.isBefore(FIRST) ? null : time;
    }
}
