package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The diagrams of docs/routes.md are those of the routes. */
class RoutesDocTest {
    private static final Path DOC = Path.of("docs", "routes.md");
    private static final String BEGIN = "<!-- generated from routes/, see CONTRIBUTING.md -->\n";

    /** {@code mvn test -Pdocs} writes it. */
    @Test
    void everyRouteFileIsThereAsItIs() throws Exception {
        String doc = Files.readString(DOC);
        StringBuilder expected = new StringBuilder(doc.substring(0, doc.indexOf(BEGIN) + BEGIN.length()));
        for (RouteFile file : RouteFile.all()) {
            String said = file.text().lines().findFirst().orElse("").replaceFirst("^# *", "");
            expected.append("\n## `%s`\n\n[The file](../%s): %s\n\n```mermaid\n%s```\n"
                    .formatted(Path.of("routes").relativize(file.path()), file.path(), said, RouteDiagram.of(file)));
        }
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(DOC, expected);
            doc = expected.toString();
        }

        assertThat(doc).as("write it by mvn test -Pdocs").isEqualTo(expected.toString());
        assertThat(RouteFile.all())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.text())
                        .as("the first line of %s says what it is about", file)
                        .startsWith("# "));
    }
}
