package io.celonamdm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/settings.md is what the code says. */
class SettingsDocTest {
    private static final Path DOC = Path.of("docs", "settings.md");
    private static final String BEGIN = "<!-- generated from the code, see CONTRIBUTING.md -->\n";

    /** {@code mvn test -Pdocs} writes it. */
    @Test
    void everySettingIsThereAsTheCodeHasIt() throws Exception {
        String doc = Files.readString(DOC);
        String above = doc.substring(0, doc.indexOf(BEGIN) + BEGIN.length());
        String expected = above + SettingsTable.ofAll();
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(DOC, expected);
            doc = expected;
        }

        assertThat(doc).as("write it by mvn test -Pdocs").isEqualTo(expected);
        assertThat(doc).contains("### `connector.syncs.<name>.celona.poll`", "| `assign-timeout` | duration | `2m` |");
    }
}
