package io.celonamdm.celona;

import java.util.List;
import java.util.Locale;

/** Searches Celona's texts for phrases of the settings, ignoring case and punctuation. */
public final class Phrases {
    private Phrases() {}

    /** Whether one of the phrases is in the text. */
    public static boolean in(String text, List<String> phrases) {
        String plain = plain(text);
        return phrases.stream().map(Phrases::plain).anyMatch(phrase -> !phrase.isEmpty() && plain.contains(phrase));
    }

    /** The words of a text, in capitals, with one blank between them. */
    static String plain(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
