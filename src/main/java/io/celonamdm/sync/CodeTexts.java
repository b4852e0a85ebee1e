package io.celonamdm.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The meaning of each code and what to do about it, from {@code docs/reason-codes.md}. */
@Component
public class CodeTexts {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z_]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]+\\)");

    private final Map<String, List<CodeText>> texts;

    CodeTexts() {
        texts = read();
    }

    /**
     * One meaning of a code.
     *
     * @param code the code
     * @param as where it appears, such as {@code dead letter}
     * @param meaning what it means
     * @param todo what to do about it
     */
    public record CodeText(String code, String as, String meaning, String todo) {}

    /** The text of a code; the first one if it has several meanings. */
    public Optional<CodeText> of(String code) {
        return texts.getOrDefault(code, List.of()).stream().findFirst();
    }

    /** The text of a code for where it appears, or else its first text. */
    public Optional<CodeText> of(String code, String as) {
        return texts.getOrDefault(code, List.of()).stream()
                .filter(text -> text.as().contains(as))
                .findFirst()
                .or(() -> of(code));
    }

    /** The same for a template, which has no {@code Optional}; null if the document lacks the code. */
    public @Nullable CodeText find(String code, String as) {
        return of(code, as).orElse(null);
    }

    private static Map<String, List<CodeText>> read() {
        Map<String, List<CodeText>> texts = new LinkedHashMap<>();
        ROW.matcher(document())
                .results()
                .map(CodeTexts::text)
                .forEach(text -> texts.computeIfAbsent(text.code(), code -> new ArrayList<>())
                        .add(text));
        return texts;
    }

    private static CodeText text(MatchResult row) {
        return new CodeText(row.group(1), plain(row.group(2)), plain(row.group(3)), plain(row.group(4)));
    }

    private static String plain(String markdown) {
        return LINK.matcher(markdown).replaceAll("$1").replace("`", "").strip();
    }

    private static String document() {
        try (InputStream document = CodeTexts.class.getResourceAsStream("/reason-codes.md")) {
            if (document == null) {
                throw new IllegalStateException("reason-codes.md is not on the class path");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
