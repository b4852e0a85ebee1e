package io.celonamdm.operations.notices;

import java.util.regex.Pattern;

/**
 * Makes text inert for chat and mail programs: a vendor's words must mention nobody, link nowhere, and look like what
 * they are. Markup characters are replaced by lookalikes.
 */
final class Inert {
    private static final String MARKUP = "<>*`~[]";
    private static final String ALIKE = "‹›∗ˋ∼［］";

    /** An underscore inside a word, as in a reason code, is never markup. */
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
