package io.celonamdm.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes of a file as a flowchart in Mermaid: what begins each, the beans and calls in their order, and the ways apart. */
final class RouteDiagram {
    private static final List<String> HANDLERS = List.of("interceptFrom", "intercept", "onException", "onCompletion");

    /** What only prepares the next step; where a bean does so, the bean is shown. */
    private static final Set<String> QUIET = Set.of(
            "setBody",
            "setHeader",
            "setProperty",
            "setHeaders",
            "removeHeaders",
            "removeHeader",
            "removeProperty",
            "removeProperties",
            "removeVariable",
            "setVariable",
            "unmarshal",
            "marshal",
            "convertBodyTo",
            "log");

    private final List<String> lines = new ArrayList<>();
    private final Set<String> edges = new LinkedHashSet<>();
    private int nodes;

    private RouteDiagram() {}

    /** Where a line of steps has come to: the node before the next one, and what is written on the way to it. */
    private record Place(String node, String label) {}

    static String of(RouteFile file) {
        RouteDiagram diagram = new RouteDiagram();
        diagram.lines.add("flowchart TB");
        for (JsonNode each : file.content()) {
            each.properties().forEach(entry -> diagram.definition(entry.getKey(), entry.getValue()));
        }
        diagram.lines.addAll(diagram.edges);
        return String.join("\n", diagram.lines) + "\n";
    }

    private void definition(String kind, JsonNode definition) {
        JsonNode route = kind.equals("routeTemplate") ? definition.path("route") : definition;
        String id = definition.path("id").asText();
        switch (kind) {
            case "route", "routeTemplate" -> {
                lines.add("  subgraph " + quoted(id));
                String from = node("([\"%s\"])", uri(route.path("from")));
                steps(route.path("from").path("steps"), List.of(new Place(from, "")));
                lines.add("  end");
            }
            case "routeConfiguration" -> configuration(id, definition);
            default -> {
                // beans are no steps
            }
        }
    }

    /** What is done about failures; a configuration that does nothing but set options has nothing to show. */
    private void configuration(String id, JsonNode definition) {
        int before = lines.size();
        for (String kind : HANDLERS) {
            for (JsonNode handler : definition.path(kind)) {
                handler(kind, handler.path(kind));
            }
        }
        String rest =
                definition.at("/errorHandler/deadLetterChannel/deadLetterUri").asText();
        if (!rest.isEmpty()) {
            Place failure = new Place(node("([\"%s\"])", "any other failure"), "");
            reached(node("[[\"%s\"]]", rest), List.of(failure));
        }
        if (lines.size() > before) {
            lines.add(before, "  subgraph " + quoted(id));
            lines.add("  end");
        }
    }

    private void handler(String kind, JsonNode handler) {
        String when = expression(handler.path("onWhen"));
        String names = simpleNames(handler.path("exception"));
        String begin = kind.equals("onException") ? names + (when.isEmpty() ? "" : " and " + when) : kind;
        steps(handler.path("steps"), List.of(new Place(node("([\"%s\"])", begin), "")));
    }

    private List<Place> steps(JsonNode steps, List<Place> from) {
        List<Place> here = from;
        for (JsonNode step : steps) {
            for (Map.Entry<String, JsonNode> each : step.properties()) {
                here = step(each.getKey(), each.getValue(), here);
            }
        }
        return here;
    }

    private List<Place> step(String name, JsonNode options, List<Place> from) {
        if (QUIET.contains(name)) {
            JsonNode bean = options.path("method");
            return bean.has("ref") ? reached(node("[\"%s\"]", text(name, bean)), from) : from;
        }
        return switch (name) {
            case "choice" -> choice(options, from);
            case "doTry" -> attempt(options, from);
            case "split",
                    "loop",
                    "filter",
                    "multicast",
                    "step",
                    "pipeline",
                    "transacted",
                    "kamelet",
                    "idempotentConsumer" -> block(name, options, from);
            case "to", "toD", "wireTap", "enrich", "pollEnrich", "poll" ->
                reached(node(isInside(options) ? "[[\"%s\"]]" : "[/\"%s\"/]", uri(options)), from);
            case "stop" -> {
                reached(node("((\"%s\"))", "stop"), from);
                yield List.of();
            }
            default -> reached(node("[\"%s\"]", text(name, options)), from);
        };
    }

    private List<Place> choice(JsonNode options, List<Place> from) {
        String question = node("{\"%s\"}", "which?");
        reached(question, from);
        List<Place> ends = new ArrayList<>();
        for (JsonNode when : options.path("when")) {
            ends.addAll(steps(when.path("steps"), List.of(new Place(question, expression(when)))));
        }
        JsonNode otherwise = options.path("otherwise").path("steps");
        ends.addAll(
                otherwise.isMissingNode()
                        ? List.of(new Place(question, "else"))
                        : steps(otherwise, List.of(new Place(question, "else"))));
        return ends;
    }

    private List<Place> attempt(JsonNode options, List<Place> from) {
        List<Place> ends = new ArrayList<>(steps(options.path("steps"), from));
        for (JsonNode caught : options.path("doCatch")) {
            List<Place> failed = from.stream()
                    .map(each -> new Place(each.node, simpleNames(caught.path("exception"))))
                    .toList();
            ends.addAll(steps(caught.path("steps"), failed));
        }
        return ends;
    }

    private List<Place> block(String name, JsonNode options, List<Place> from) {
        String begin = node("{{\"%s\"}}", (name + " " + expression(options)).strip());
        reached(begin, from);
        String first = name.equals("filter") ? "yes" : name.equals("split") || name.equals("loop") ? "each" : "";
        List<Place> inside = steps(options.path("steps"), List.of(new Place(begin, first)));
        if (name.equals("split") || name.equals("loop")) {
            inside.stream()
                    .filter(each -> !each.node.equals(begin))
                    .forEach(each -> edges.add("  %s -.-> %s".formatted(each.node, begin)));
            return List.of(new Place(begin, "then"));
        }
        List<Place> ends = new ArrayList<>(inside);
        if (name.equals("filter")) {
            ends.add(new Place(begin, "no"));
        }
        return ends;
    }

    private List<Place> reached(String node, List<Place> from) {
        from.forEach(each -> edges.add(
                each.label.isEmpty()
                        ? "  %s --> %s".formatted(each.node, node)
                        : "  %s -->|\"%s\"| %s".formatted(each.node, safe(each.label), node)));
        return List.of(new Place(node, ""));
    }

    private String node(String shape, String text) {
        String name = "n" + ++nodes;
        lines.add("    " + name + shape.formatted(safe(text)));
        return name;
    }

    private static String text(String name, JsonNode options) {
        if (options.has("ref")) {
            String method = options.path("method").asText();
            return options.path("ref").asText() + (method.isEmpty() ? "" : "." + method.replaceFirst("\\(.*", ""));
        }
        return (name + " " + expression(options)).strip();
    }

    private static String expression(JsonNode options) {
        for (String language : List.of("simple", "method", "jq", "constant", "tokenize", "jsonpath")) {
            JsonNode expression = options.has(language) ? options.get(language) : options.at("/expression/" + language);
            if (!expression.isMissingNode()) {
                return expression.isObject()
                        ? expression.has("ref")
                                ? text("", expression)
                                : expression.path("expression").asText()
                        : expression.asText();
            }
        }
        return "";
    }

    private static boolean isInside(JsonNode options) {
        return uri(options).matches("(direct|seda|quartz|log):.*");
    }

    private static String uri(JsonNode options) {
        String uri =
                options.isTextual() ? options.asText() : options.path("uri").asText();
        return uri.isEmpty() ? expression(options) : uri.replaceFirst("\\?.*", "");
    }

    private static String simpleNames(JsonNode exceptions) {
        List<String> names = new ArrayList<>();
        exceptions.forEach(each -> names.add(each.asText().replaceFirst(".*[.$]", "")));
        return String.join(", ", names);
    }

    private static String quoted(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    /** What Mermaid shows as it is inside of quotes. */
    private static String safe(String text) {
        return text.replaceAll("\\{\\{(.*?)}}", "<$1>")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }
}
