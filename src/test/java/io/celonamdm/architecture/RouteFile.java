package io.celonamdm.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;

/**
 * A file of routes as it is shipped, platforms' own among them.
 *
 * @param path where it is
 * @param text what it says
 * @param content the same, as YAML
 */
public record RouteFile(Path path, String text, JsonNode content) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** All that are shipped. */
    public static List<RouteFile> all() {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(each -> each.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .map(RouteFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteFile read(Path path) {
        try {
            String text = Files.readString(path);
            return new RouteFile(path, text, YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }

    /** What its routes do, however deep inside of filters, loops and error handlers. */
    public List<Step> steps() {
        return fields(content)
                .filter(each -> each.getKey().equals("steps"))
                .flatMap(each -> each.getValue().valueStream())
                .flatMap(each -> each.properties().stream())
                .map(each -> new Step(each.getKey(), each.getValue()))
                .toList();
    }

    /** Each thing that has an id of its own: {@code route sync}, {@code routeConfiguration steps}. */
    List<String> ids() {
        return content.valueStream()
                .flatMap(each -> each.properties().stream())
                .filter(each -> !each.getKey().equals("beans"))
                .map(each -> each.getKey() + " " + each.getValue().path("id").asText("without an id"))
                .toList();
    }

    /** Each bean that it calls, with the method or an empty text: {@code pulls} to {@code page}. */
    List<Entry<String, String>> calls() {
        Stream<Entry<String, String>> steps = fields(content)
                .map(Entry::getValue)
                .filter(each -> each.has("ref"))
                .map(each -> call(each.get("ref").asText(), each.path("method").asText()));
        Stream<Entry<String, String>> handlers = fields(content)
                .filter(each -> each.getKey().endsWith("Ref"))
                .map(each -> call(each.getValue().asText(), ""));
        return Stream.concat(steps, handlers).toList();
    }

    private static Entry<String, String> call(String bean, String method) {
        String withoutArguments = method.replaceFirst("\\(.*", "");
        return Map.entry(bean.replaceFirst("^#(bean:)?", ""), withoutArguments);
    }

    private static Stream<Entry<String, JsonNode>> fields(JsonNode node) {
        return Stream.concat(node.properties().stream(), node.valueStream().flatMap(RouteFile::fields));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
