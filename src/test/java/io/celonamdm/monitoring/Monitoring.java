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
    private static final Pattern SERIES = Pattern.compile("connector_[a-z_]+");

    private Monitoring() {}

    /** All series of the connector's own that alerts and dashboard ask for. */
    public static Set<String> series() {
        Set<String> names = new TreeSet<>();
        Stream.concat(alerts().stream().map(alert -> alert.path("expr").asText()), dashboard().stream())
                .forEach(expression -> SERIES.matcher(expression)
                        .results()
                        .map(MatchResult::group)
                        .forEach(names::add));
        return names;
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
