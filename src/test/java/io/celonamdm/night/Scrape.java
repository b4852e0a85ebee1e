package io.celonamdm.night;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The connector's own metrics, as Prometheus scrapes them in its text format. */
record Scrape(String text) {
    private static final Pattern SAMPLE = Pattern.compile("(connector_[a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\",?");

    record Sample(String name, Map<String, String> labels, double value) {}

    /** The lines about the connector's own metrics. */
    String own() {
        return text.lines()
                .filter(line -> line.matches("(# (HELP|TYPE) )?connector_.*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    List<Sample> samples() {
        return own().lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(
                        line.group(1),
                        labels(line.group(2) == null ? "" : line.group(2)),
                        Double.parseDouble(line.group(3))))
                .toList();
    }

    /** The names of all series. */
    Set<String> names() {
        return samples().stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value of the one sample that has these labels, among others. */
    Optional<Double> value(String name, Map<String, String> labels) {
        return samples().stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .map(Sample::value)
                .findFirst();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }
}
