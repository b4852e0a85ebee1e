package io.celonamdm.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown.
 *
 * @param path where it is
 * @param prose its text without blocks of code
 */
record MarkdownFile(Path path, String prose) {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```.*?^\\1```");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?)\\s*$");

    static List<MarkdownFile> all() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(each -> each.toString().endsWith(".md"))
                    .filter(each -> !NOT_OURS.contains(each.getName(0).toString()))
                    .sorted()
                    .map(MarkdownFile::read)
                    .toList();
        }
    }

    static MarkdownFile read(Path path) {
        try {
            return new MarkdownFile(path, FENCED.matcher(Files.readString(path)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it leads to, of what is in this project. */
    List<String> links() {
        return LINK.matcher(prose.replaceAll("`[^`\\n]*`", "`code`"))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** Its headings, as GitHub and others name them in addresses. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> seen = new HashMap<>();
        HEADING.matcher(prose).results().map(found -> anchor(found.group(1))).forEach(anchor -> {
            int times = seen.merge(anchor, 1, Integer::sum);
            anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
        });
        return anchors;
    }

    /** Links of it that lead nowhere. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (String link : links()) {
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty() ? path : path.resolveSibling(parts[0]).normalize();
            if (!Files.exists(target)) {
                broken.add(path + ": there is no " + link);
            } else if (parts.length == 2 && !read(target).anchors().contains(parts[1])) {
                broken.add(path + ": " + link + " has no such heading");
            }
        }
        return broken;
    }

    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }
}
