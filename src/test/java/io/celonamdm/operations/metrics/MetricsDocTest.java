package io.celonamdm.operations.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/metrics.md is that of the code. */
class MetricsDocTest {
    private static final Path DOC = Path.of("docs", "metrics.md");
    private static final String ROW = "| `connector_";

    /** {@code mvn test -Pdocs} writes it. */
    @Test
    void theTableIsThatOfTheCode() throws IOException {
        List<String> doc = Files.readAllLines(DOC);
        List<String> expected = Stream.of(
                        doc.stream().takeWhile(line -> !line.startsWith(ROW)),
                        Stream.of(Metric.values()).map(MetricsDocTest::row),
                        doc.stream().dropWhile(line -> !line.startsWith(ROW)).filter(line -> !line.startsWith(ROW)))
                .flatMap(lines -> lines)
                .toList();
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.write(DOC, expected);
            doc = expected;
        }

        assertThat(doc).as("write it by mvn test -Pdocs").isEqualTo(expected).anyMatch(line -> line.startsWith(ROW));
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(metric.series(), metric.kind().word(), labels, metric.help());
    }
}
