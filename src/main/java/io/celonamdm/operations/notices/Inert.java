package io.celonamdm.operations.notices;

import java.util.regex.Pattern;

/**
 * Text that a chat or a mail program shows and does nothing with: what a vendor said must call nobody, lead nowhere, and
 * look like what it is. What those programs would read as markup is replaced by a character that looks alike.
 */
final class Inert {
    private static final String MARKUP = "<>*`~[]";
    private static final String ALIKE = "‹›∗ˋ∼［］";

    /** An underscore inside of a word, as in a reason code, is markup to nobody. */
    private static final Pattern EMPHASIS = Pattern.compile("(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    private static final Pattern LINK =
            Pattern.compile("(?i)(?<=[a-z0-9+.-])://|(?i)\\b(?:mailto|tel|javascript|data):");
    private static final Pattern MENTION = Pattern.compile("@(?=\\w)");

    private Inert() {}

    static String of(String text) {
        String unlinked = LINK.matcher(text).replaceAll(link -> link.group().replace(":", "[:]"));
        String calling =
                MENTION.matcher(EMPHASIS.matcher(unlinked).replaceAll("＿")).replaceAll("＠");
        StringBuilder inert = new StringBuilder(calling.length());
        calling.chars().forEach(c -> {
            int at = MARKUP.indexOf(c);
            inert.append(at < 0 ? (char) c : ALIKE.charAt(at));
        });
        return inert.toString();
    }
}
