package io.celonamdm.settings.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.UnicodeReader;

/** Refuses YAML that holds a list or a text instead of settings: Spring Boot would find no setting in it, and go on. */
final class YamlRoot {
    private YamlRoot() {}

    /**
     * @throws YAMLException if it is to be refused, or is no YAML
     * @throws IOException if it is no text
     */
    static void check(byte[] yaml) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try (Reader reader = new UnicodeReader(new ByteArrayInputStream(yaml))) {
            Iterator<Event> events = new Yaml(options).parse(reader).iterator();
            while (events.hasNext()) {
                if (events.next() instanceof DocumentStartEvent) {
                    check(events.next());
                }
            }
        }
    }

    private static void check(Event root) {
        boolean isList = root instanceof SequenceStartEvent;
        boolean isText =
                root instanceof ScalarEvent scalar && !scalar.getValue().isEmpty();
        if (isList || isText) {
            throw new YamlAliases.Refused("holds a %s in line %d, where settings by name belong"
                    .formatted(isList ? "list" : "text", root.getStartMark().getLine() + 1));
        }
    }
}
