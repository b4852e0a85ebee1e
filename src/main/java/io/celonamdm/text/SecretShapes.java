package io.celonamdm.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Masks text that looks like a secret, wherever it comes from: values with a secret-sounding name in JSON, forms, XML,
 * headers and addresses, percent-encoded or not; and tokens, keys and logins with a recognisable shape.
 */
public final class SecretShapes {
    /** The text in place of a secret. */
    public static final String MASK = "******";

    private static final String LINE = "authorization|cookie";
    private static final String NAME = "(?:token|secret|passw(?:or)?d|passphrase|pwd|assertion|credentials?|signature"
            + "|(?<![a-z])sig|session[-_]?id|(?:api|access|account|shared|private|subscription|signing|encryption"
            + "|function|master)(?:[-_]|%5F|%2D)?key|" + LINE + ")(?:[-_]?(?:text|value|hash))?";

    private static final String QUOTE = "\\\\*[\"'`]|%(?:25)*2[27]|&quot;|&#(?:34|39|x22|x27);";

    private static final Pattern NAMED = Pattern.compile(
            "(?<name>" + NAME + ")(?:"
                    // JSON, also inside a JSON text; forms, headers, YAML
                    + "(?:" + QUOTE + ")?\\s*(?<sign>:|=>?|%(?:25)*3[AD])\\s*(?:\\[\\s*)?(?<quote>" + QUOTE + ")?"
                    // a part of a multipart form
                    + "|\"[^\\n]*\\n[ \\t]*\\n"
                    // an element of XML; a key of a property list
                    + "|(?<element>(?:(?<=(?:<|&lt;)[\\w:.-]{1,60})(?:\\s[^<>]{0,500})?|</key>\\s*<\\w+)(?:>|&gt;)))",
            Pattern.CASE_INSENSITIVE);

    /** The end of an unquoted value. */
    private static final Pattern END =
            Pattern.compile("[\\s&\"'<>,;)\\]}]|\\\\+[nrt\"']|%(?:25)*2[26]|\\[\\\\r]", Pattern.CASE_INSENSITIVE);

    private static final Pattern END_OF_LINE = Pattern.compile("[\\n\"]|\\\\+[nr\"]|\\[\\\\r]");
    private static final Pattern END_IN_MAP = Pattern.compile("[\\n\"},]|\\[\\\\r]");
    private static final Pattern END_OF_ELEMENT = Pattern.compile("(?<!^)(?:</|&lt;/)|\\z", Pattern.CASE_INSENSITIVE);

    /** Not secret: a word of a sentence, a switch, a reference to a variable, an already masked secret. */
    private static final Pattern PLAIN = Pattern.compile(
            "(?:[a-z]+[ :,.]|(?:true|false|null|changed|\\d{1,4})(?![\\w.-])|\\$\\{|\\*{6}(?!\\w)).*", Pattern.DOTALL);

    /** Each begins with the part that stays, because a lookbehind would be tried at every character of a text. */
    private static final List<Shape> BY_THEMSELVES = List.of(
            new Shape("-----begin", "(?s)()-----BEGIN [A-Z0-9 ]*KEY(?: BLOCK)?-----.*?(?:-----END[^-]*-----|\\z)"),
            // with what stands before it: a token that has these letters by chance is one from its beginning
            new Shape("eyj", "()(?<![A-Za-z0-9_-])[A-Za-z0-9_-]*?eyJ[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*)*"),
            new Shape(
                    "bearer|basic|digest|negotiate|sharedaccesssignature",
                    "(\\b(?i:bearer|basic|digest|negotiate|sharedaccesssignature)(?:\\s|\\+|%20))"
                            + "(?=[^\\s\"]*(?:\\d|=|[a-z][A-Z]))[A-Za-z0-9+/=_~.:%-]{6,}"),
            new Shape("$2", "()\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}"),
            // a login before a host; the path of a chat webhook
            new Shape("://", "(://)(?:[^/@:\\s\"'<>?#]*:(?!\\d{1,5}/)[^@\\s\"'<>?#]*|[^/@\\s\"'<>?#]+)(?=@)"),
            new Shape("hook", "(?i)(://[\\w.-]{0,80}hook[\\w.-]{0,80}(?::\\d{1,5})?/)[^\\s\"'<>]+"),
            new Shape(
                    "/services/|hooks/|webhook",
                    "(?i)(/(?:services|webhookb2|webhooks?|hooks)/)[^\\s\"'<>]*[A-Z0-9]{6}[^\\s\"'<>]*"));

    /** Every text that {@link #NAMED} matches contains one of these; most log lines contain none. */
    private static final List<String> HINTS = List.of(
            "token",
            "secret",
            "passw",
            "passphrase",
            "pwd",
            "assertion",
            "credential",
            "signature",
            "sig",
            "session",
            "key",
            "authorization",
            "cookie");

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_+=-]{40,}");
    private static final int ENOUGH = 4;
    /** Of 100 neighbouring characters of random letters, 60 are of different kinds; in names of classes and files, 35 at most. */
    private static final int RESTLESS = 40;

    private SecretShapes() {}

    /**
     * A secret with a recognisable shape.
     *
     * @param hints every matching text contains one of them, in lower case
     * @param pattern its first group stays
     */
    private record Shape(List<String> hints, Pattern pattern) {
        Shape(String hints, String pattern) {
            this(List.of(hints.split("\\|")), Pattern.compile(pattern));
        }
    }

    /** Masks the secrets of a text; returns a text without any unchanged. */
    public static String masked(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String masked = HINTS.stream().anyMatch(lower::contains) ? withoutNamed(text) : text;
        for (Shape shape : BY_THEMSELVES) {
            if (shape.hints.stream().anyMatch(lower::contains)) {
                masked = shape.pattern.matcher(masked).replaceAll("$1" + MASK);
            }
        }
        return masked;
    }

    /** Also masks every long run of letters and digits that looks random. */
    static String maskedWithRandomness(String text) {
        return RUN.matcher(masked(text)).replaceAll(run -> looksRandom(run.group()) ? MASK : run.group());
    }

    /** A random text of letters may have hardly any digit, but then small and capital letters alternate as in no word. */
    private static boolean looksRandom(String run) {
        if (run.chars().filter(Character::isLetter).count() < ENOUGH) {
            return false;
        }
        long changes = IntStream.range(1, run.length())
                .filter(at -> Character.getType(run.charAt(at)) != Character.getType(run.charAt(at - 1)))
                .count();
        return run.chars().filter(Character::isDigit).count() >= ENOUGH
                || changes * 100 >= (long) RESTLESS * run.length();
    }

    private static String withoutNamed(String text) {
        Matcher named = NAMED.matcher(text);
        StringBuilder masked = new StringBuilder();
        int done = 0;
        for (int from = 0; from <= text.length() && named.find(from); ) {
            int begin = named.end();
            int end = end(text, named);
            if (end > begin) {
                masked.append(text, done, begin).append(MASK);
                done = end;
            }
            from = Math.max(begin, end);
        }
        return done == 0 ? text : masked.append(text, done, text.length()).toString();
    }

    private static int end(String text, Matcher named) {
        int begin = named.end();
        if (named.group("element") != null) {
            return first(END_OF_ELEMENT, text, begin);
        }
        String quote = named.group("quote");
        if (quote != null) {
            return endOfQuoted(text, begin, quote);
        }
        if (named.group("name").matches("(?i)" + LINE)) {
            return first("=".equals(named.group("sign")) ? END_IN_MAP : END_OF_LINE, text, begin);
        }
        if (PLAIN.matcher(text).region(begin, text.length()).matches()) {
            return begin;
        }
        return first(END, text, begin);
    }

    /** A quote counts as the closing one unless more backslashes stand before it than before the opening one. */
    private static int endOfQuoted(String text, int begin, String quote) {
        int escapes = quote.length() - 1;
        char last = quote.charAt(escapes);
        boolean encoded = quote.charAt(0) == '%' || quote.charAt(0) == '&';
        int at = begin;
        while (true) {
            at = encoded ? text.indexOf(quote, at) : text.indexOf(last, at);
            if (at < 0) {
                return encoded ? first(END, text, begin) : first(Pattern.compile("\\n"), text, begin);
            }
            int before = at;
            while (!encoded && before > begin && text.charAt(before - 1) == '\\') {
                before--;
            }
            if (encoded || at - before <= escapes) {
                return before;
            }
            at++;
        }
    }

    private static int first(Pattern end, String text, int from) {
        Matcher found = end.matcher(text);
        return found.find(from) ? found.start() : text.length();
    }
}
