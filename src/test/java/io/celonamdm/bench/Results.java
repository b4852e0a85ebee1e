package io.celonamdm.bench;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a run, kept in {@code results.md} and {@code results.json} as they come in. */
final class Results {
    private static final String HEAD = """
            | figure | connector | baseline | ratio or value | target | met |
            | --- | --- | --- | --- | --- | --- |
            """;

    private final Path folder;
    private final List<Figure> figures = new ArrayList<>();

    Results(Path folder) {
        this.folder = folder;
    }

    /** Adds a figure, and writes all there are. */
    void add(Figure figure) {
        figures.add(figure);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("results.md"), table());
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(
                            folder.resolve("results.json").toFile(), Map.of("machine", machine(), "figures", figures));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The figures as a table in Markdown, with medians and, in brackets, the least and the most of the samples. */
    String table() {
        return machine() + "\n\n" + HEAD + figures.stream().map(Results::row).collect(joining());
    }

    private static String row(Figure figure) {
        boolean ratio = !figure.baseline().isEmpty();
        return "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        figure.name(),
                        samples(figure.product(), figure.unit()),
                        ratio ? samples(figure.baseline(), figure.unit()) : "",
                        number(figure.value()) + (ratio ? "" : " " + figure.unit()),
                        "≤ " + number(figure.target()),
                        figure.met() ? "yes" : "no");
    }

    private static String samples(List<Double> samples, String unit) {
        double least = samples.stream().min(Double::compare).orElseThrow();
        double most = samples.stream().max(Double::compare).orElseThrow();
        return "%s %s (%s to %s, %d ×)"
                .formatted(number(Figure.median(samples)), unit, number(least), number(most), samples.size());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }

    private static String machine() {
        return "%d cores, JDK %s, load average %s%s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
                        Disturbance.words());
    }
}
