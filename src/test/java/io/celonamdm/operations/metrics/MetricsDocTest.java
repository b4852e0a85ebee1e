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
    @Test
    void theTableIsThatOfTheCode() throws IOException {
        List<String> table = Files.readAllLines(Path.of("docs", "metrics.md")).stream()
                .filter(line -> line.startsWith("| `connector_"))
                .toList();

        assertThat(table)
                .containsExactlyElementsOf(
                        Stream.of(Metric.values()).map(MetricsDocTest::row).toList());
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(metric.series(), metric.kind().word(), labels, metric.help());
    }
}
