package io.celonamdm.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A value of the chart: its key, its default as JSON, and what the comment above it says, from {@code --} on. */
record Value(String key, JsonNode standard, String meaning) {
    private static final String MARK = "-- ";

    /** All values of a file; one that is not explained is an error. */
    static List<Value> read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        try (Reader reader = Files.newBufferedReader(file)) {
            List<Value> values = new ArrayList<>();
            collect(
                    (MappingNode) new Yaml(options).compose(reader),
                    new YAMLMapper().readTree(file.toFile()),
                    "",
                    values);
            return values;
        }
    }

    private static void collect(MappingNode node, JsonNode standards, String path, List<Value> values) {
        for (NodeTuple each : node.getValue()) {
            String name = ((ScalarNode) each.getKeyNode()).getValue();
            String meaning = meaning(each.getKeyNode().getBlockComments());
            if (meaning != null) {
                values.add(new Value(path + name, standards.path(name), meaning));
            } else if (each.getValueNode() instanceof MappingNode below) {
                collect(below, standards.path(name), path + name + ".", values);
            } else {
                throw new AssertionError("values.yaml does not explain " + path + name);
            }
        }
    }

    private static @Nullable String meaning(@Nullable List<CommentLine> comments) {
        String text = comments == null
                ? ""
                : comments.stream().map(each -> each.getValue().strip()).collect(Collectors.joining(" "));
        int mark = text.lastIndexOf(MARK);
        return mark < 0 ? null : text.substring(mark + MARK.length()).strip();
    }
}
