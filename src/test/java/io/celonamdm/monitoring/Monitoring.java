package io.celonamdm.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The files of monitoring/. */
public final class Monitoring {
    static final Path ALERTS = Path.of("monitoring", "alerts.yaml");
    static final Path ALERTS_TEST = Path.of("monitoring", "alerts-test.yaml");
    private static final Path DASHBOARD = Path.of("monitoring", "dashboard.json");
    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-zA-Z_:][\\w:]*)(\\{[^}]*})?(?!\\w|\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    private Monitoring() {}

    /** All selectors of alerts and dashboard, such as {@code connector_devices{place="DONE"}}. */
    public static Set<String> selectors() {
        Set<String> selectors = new TreeSet<>();
        Stream.concat(alerts().stream().map(alert -> alert.path("expr").asText()), dashboard().stream())
                .map(expression -> LABEL_LIST.matcher(expression).replaceAll(""))
                .map(expression -> RANGE.matcher(expression).replaceAll(""))
                .forEach(expression -> SELECTOR.matcher(expression)
                        .results()
                        .filter(selector -> !OPERATORS.contains(selector.group(1)))
                        .map(MatchResult::group)
                        .forEach(selectors::add));
        return selectors;
    }

    static List<JsonNode> alerts() {
        return list(read(ALERTS).path("groups"))
                .flatMap(group -> list(group.path("rules")))
                .toList();
    }

    /** The expressions of the dashboard, as Grafana sends them. */
    static List<String> dashboard() {
        return list(read(DASHBOARD).path("panels"))
                .flatMap(panel -> list(panel.path("targets")))
                .map(target -> target.path("expr")
                        .asText()
                        .replace("$__rate_interval", "5m")
                        .replace("$sync", ".*"))
                .toList();
    }

    static Set<String> testedAlerts() {
        Set<String> tested = new TreeSet<>();
        list(read(ALERTS_TEST).path("tests"))
                .flatMap(test -> list(test.path("alert_rule_test")))
                .filter(test -> !test.path("exp_alerts").isEmpty())
                .forEach(test -> tested.add(test.path("alertname").asText()));
        return tested;
    }

    private static Stream<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().valueToTree(new Yaml().<Object>load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
