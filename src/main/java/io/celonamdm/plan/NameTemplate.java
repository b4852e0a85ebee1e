package io.celonamdm.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a name template, and collects all problems. */
final class NameTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final char QUOTE = '\'';

    private final List<NameField> parts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, NameField> others;
    private final String known;

    NameTemplate(String template) {
        this(template, Map.of(), NameField.KNOWN);
    }

    /**
     * @param others placeholders beside those of a device's name
     * @param known all placeholders, as a message lists them
     */
    NameTemplate(String template, Map<String, NameField> others, String known) {
        this.others = others;
        this.known = known;
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int end = 0;
        while (placeholder.find()) {
            text(template.substring(end, placeholder.start()));
            parts.add(placeholder(placeholder.group(1)));
            end = placeholder.end();
        }
        text(template.substring(end));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    NameField field() {
        return NameField.joined(List.copyOf(parts));
    }

    private void text(String text) {
        if (text.contains("{") || text.contains("}")) {
            problems.add("has a brace without its counterpart near \"" + text + "\"; placeholders are " + known);
        }
        parts.add((device, eid) -> text);
    }

    private NameField placeholder(String body) {
        if (body.chars().filter(c -> c == QUOTE).count() % 2 != 0) {
            problems.add("has a quote without its counterpart in {" + body + "}; text is written {name|'text'}");
        }
        return NameField.firstOf(
                split(body, '|').stream().map(this::alternative).toList());
    }

    private NameField alternative(String written) {
        if (written.length() > 1 && written.charAt(0) == QUOTE && written.charAt(written.length() - 1) == QUOTE) {
            String literal = unquoted(written);
            return (device, eid) -> literal;
        }
        List<String> words = split(written, ':');
        boolean attribute = "attribute".equals(words.get(0)) && words.size() > 1;
        Optional<NameField> found = Optional.ofNullable(others.get(words.get(0)))
                .or(() -> NameField.named(words.get(0), attribute ? unquoted(words.get(1)) : ""));
        if (found.isEmpty()) {
            problems.add("has no placeholder {" + written + "}; there are " + known);
        }
        NameField field = found.orElse((device, eid) -> "");
        for (String name : words.subList(attribute ? 2 : 1, words.size())) {
            Optional<Function<String, String>> function = NameFunction.named(name);
            if (function.isEmpty()) {
                problems.add("has no function \"" + name + "\" in {" + written + "}; there are " + NameFunction.KNOWN);
            } else {
                field = field.then(function.get());
            }
        }
        return field;
    }

    /** The stripped parts between unquoted separators. */
    private static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == QUOTE;
            if (text.charAt(i) == separator && !quoted) {
                pieces.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        pieces.add(text.substring(start).strip());
        return pieces;
    }

    /** A quote inside a quoted text is doubled. */
    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.charAt(0) == QUOTE && text.charAt(text.length() - 1) == QUOTE;
        return quoted ? text.substring(1, text.length() - 1).replace("''", "'") : text;
    }
}
