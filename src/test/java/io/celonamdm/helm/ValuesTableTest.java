package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of values in the chart's README, and the schema, are those of the values. */
class ValuesTableTest {
    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final String BEGIN = "<!-- values: generated from values.yaml -->\n";
    private static final String END = "<!-- values end -->";

    /** {@code mvn test -Pdocs} writes it. */
    @Test
    void theTableIsThatOfTheValues() throws Exception {
        String text = Files.readString(README);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String table = table();
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(README, text.substring(0, begin) + table + text.substring(text.indexOf(END)));
            text = Files.readString(README);
        }

        assertThat(text.substring(begin, text.indexOf(END)))
                .as("write it by mvn test -Pdocs")
                .isEqualTo(table);
    }

    @Test
    void theSchemaKnowsEveryValueAndNoOther() throws Exception {
        JsonNode schema = new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        JsonNode values =
                new YAMLMapper().readTree(Chart.FOLDER.resolve("values.yaml").toFile());
        List<String> differences = new ArrayList<>();
        compare(schema, values, "", differences);

        assertThat(differences).isEmpty();
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }

    /** Goes where the schema is closed: what is open there is the operator's own. */
    private static void compare(JsonNode schema, JsonNode values, String path, List<String> differences) {
        if (!schema.has("properties") || schema.path("additionalProperties").asBoolean(true)) {
            return;
        }
        Set<String> known = new TreeSet<>(Set.of("global"));
        Set<String> there = new TreeSet<>(Set.of("global"));
        schema.get("properties").fieldNames().forEachRemaining(known::add);
        values.fieldNames().forEachRemaining(there::add);
        if (!known.equals(there)) {
            differences.add(path + ": schema " + known + ", values " + there);
        }
        for (Map.Entry<String, JsonNode> each : schema.get("properties").properties()) {
            compare(each.getValue(), values.path(each.getKey()), path + "." + each.getKey(), differences);
        }
    }

    private static String table() throws Exception {
        StringBuilder table = new StringBuilder("| value | default | what it is |\n| --- | --- | --- |\n");
        for (Value value : Value.read(Chart.FOLDER.resolve("values.yaml"))) {
            table.append("| `%s` | `%s` | %s |\n".formatted(value.key(), value.standard(), value.meaning()));
        }
        return table.toString();
    }
}
