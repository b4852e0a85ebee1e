package io.celonamdm.simulator.phone;

import java.util.List;

/** Names that people give to phones; every third one is a trap when written to a CSV. */
public final class PhoneNames {
    /** The traps: separators, quotes, formulas, control characters, emoji, a long one, blank ones. */
    public static final List<String> NASTY = List.of(
            "Kowalski, Anna",
            "The \"Boss\" phone",
            "two\nlines",
            "carriage\r\nreturn",
            "tab\there",
            "bell\u0007 and null\u0000",
            "=HYPERLINK(\"http://example.com\")",
            "+49 iPhone",
            "-1 floor iPad",
            "@reception",
            "Zoë's 📱 💥",
            "x".repeat(300),
            "",
            "   ",
            "trailing space ",
            "Tom’s ‘smart’ phone",
            "\"",
            ",,,",
            "日本語の電話");

    private static final List<String> PEOPLE =
            List.of("Anna", "Tom", "Jane", "Dan", "Bob", "Maria", "Wei", "Priya", "Olu", "Lars", "Ines", "Kenji");

    private PhoneNames() {}

    static String at(int i) {
        if (i % 3 == 2) {
            return NASTY.get(i / 3 % NASTY.size());
        }
        return PEOPLE.get(i % PEOPLE.size()) + "'s iPhone " + (i + 1);
    }
}
