package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/routes.md draws the routes that tell the night as their files have them, and lists all others. */
class RoutesDocTest {
    private static final Path DOC = Path.of("docs", "routes.md");
    private static final Path ROUTES = Path.of("routes");
    private static final String BEGIN = "<!-- generated from routes/, see CONTRIBUTING.md -->\n";
    private static final List<String> NIGHT = List.of("sync", "pull", "assign", "await", "push", "activate");

    /** {@code mvn test -Pdocs} writes the page. */
    @Test
    void theNightIsDrawnAndEveryOtherFileListed() throws Exception {
        String doc = Files.readString(DOC);
        List<RouteFile> files = RouteFile.all();
        String expected = doc.substring(0, doc.indexOf(BEGIN) + BEGIN.length()) + drawings(files) + others(files);
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(DOC, expected);
            doc = expected;
        }

        assertThat(doc).as("write it by mvn test -Pdocs").isEqualTo(expected);
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.text())
                        .as("the first line of %s says what it is about", file)
                        .startsWith("# "));
    }

    /** In the order of the night. */
    private static String drawings(List<RouteFile> files) {
        return NIGHT.stream()
                .map(name -> files.stream()
                        .filter(file -> name(file).equals(name + ".camel.yaml"))
                        .findFirst()
                        .orElseThrow())
                .map(file -> "\n## `%s`\n\n[The file](../%s): %s\n\n```mermaid\n%s```\n"
                        .formatted(name(file), file.path(), about(file), RouteDiagram.of(file)))
                .collect(Collectors.joining());
    }

    private static String others(List<RouteFile> files) {
        return files.stream()
                .filter(file -> !NIGHT.contains(name(file).replace(".camel.yaml", "")))
                .map(file -> "| [`%s`](../%s) | %s |\n".formatted(name(file), file.path(), about(file)))
                .collect(Collectors.joining(
                        "", "\n## The other routes\n\n| file | what it does |\n| --- | --- |\n", ""));
    }

    private static String name(RouteFile file) {
        return ROUTES.relativize(file.path()).toString();
    }

    private static String about(RouteFile file) {
        return file.text().lines().findFirst().orElse("").replaceFirst("^# *", "");
    }
}
