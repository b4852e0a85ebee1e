package io.celonamdm.settings.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.Serial;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Refuses YAML whose aliases contain themselves, or which is far larger written out than it looks: Spring Boot would write
 * it out until the memory is full.
 */
final class YamlAliases {
    private static final long MOST = 1_000_000;
    private static final long OPEN = -1;

    private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();

    private YamlAliases() {}

    /** What is wrong, in words. */
    static final class Refused extends YAMLException {
        @Serial
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @throws YAMLException if it is to be refused, or is no YAML
     * @throws IOException if it is no text
     */
    static void check(byte[] yaml) throws IOException {
        StringWriter text = new StringWriter(yaml.length);
        try (Reader reader = new UnicodeReader(new ByteArrayInputStream(yaml))) {
            reader.transferTo(text);
        }
        if (text.toString().indexOf('*') < 0) {
            return;
        }
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setCodePointLimit(Integer.MAX_VALUE);
        for (Node document : new Yaml(options).composeAll(new StringReader(text.toString()))) {
            new YamlAliases().size(document);
        }
    }

    private long size(Node node) {
        Long known = sizes.putIfAbsent(node, OPEN);
        if (known != null) {
            if (known == OPEN) {
                throw refused(node, "an anchor contains an alias of itself");
            }
            return known;
        }
        long size = 1;
        for (Node child : children(node)) {
            size += size(child);
            if (size > MOST) {
                throw refused(node, "its aliases stand for more than %,d values".formatted(MOST));
            }
        }
        sizes.put(node, size);
        return size;
    }

    private static List<Node> children(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()))
                    .toList();
        }
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static Refused refused(Node node, String why) {
        return new Refused(
                "cannot be read: line %d: %s".formatted(node.getStartMark().getLine() + 1, why));
    }
}
