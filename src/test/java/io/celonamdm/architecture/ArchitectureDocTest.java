package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of packages in docs/architecture.md says of each what it may know. */
class ArchitectureDocTest {
    private static final Path DOC = Path.of("docs", "architecture.md");
    private static final String HEAD = "| package (`io.celonamdm.…`) | content | may know |";
    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+|\\(top\\))`(.*)\\|[^|]*\\|");

    /** {@code -Dgenerated-docs.write=true} writes the column. */
    @Test
    void eachPackageHasARowThatSaysWhatItMayKnow() throws Exception {
        Map<String, List<String>> table = MayKnow.table();
        List<String> rows = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        String doc = Files.readString(DOC);
        boolean inTable = false;
        for (String line : doc.lines().toList()) {
            inTable = line.equals(HEAD) || (inTable && line.startsWith("|"));
            Matcher row = ROW.matcher(line);
            if (inTable && row.matches()) {
                rows.add(row.group(1));
                line = "| `%s`%s| %s |"
                        .formatted(row.group(1), row.group(2), names(table.getOrDefault(row.group(1), List.of())));
            }
            expected.append(line).append('\n');
        }
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(DOC, expected);
            doc = expected.toString();
        }

        assertThat(rows).as("a row for each package, from the ground up").containsExactlyElementsOf(table.keySet());
        assertThat(doc).as("write it by -Dgenerated-docs.write=true").isEqualTo(expected.toString());
    }

    private static String names(List<String> packages) {
        return packages.isEmpty()
                ? "–"
                : packages.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    }
}
