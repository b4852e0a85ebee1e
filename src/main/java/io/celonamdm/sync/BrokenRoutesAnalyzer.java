package io.celonamdm.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.spring.boot.CamelSpringBootInitializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Names the route file that keeps Camel from starting, instead of showing a stack trace. */
class BrokenRoutesAnalyzer implements FailureAnalyzer {
    private static final Pattern PLACE = Pattern.compile("in (?:file:)?(\\S+\\.yaml), line (\\d+)");
    private static final Pattern TWICE = Pattern.compile("Duplicate route ids detected: ([^ ,]+?)\\.? ");
    private static final Pattern NO_TEMPLATE = Pattern.compile("Cannot find RouteTemplate with id (\\S+)");

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable innermost = chain.get(chain.size() - 1);
        String message = String.valueOf(innermost.getMessage());
        if (chain.stream().noneMatch(BrokenRoutesAnalyzer::isOfCamel) || !isAboutRoutes(innermost, message)) {
            return null;
        }
        Matcher template = NO_TEMPLATE.matcher(message);
        if (template.find()) {
            return analysis(
                    ("No route file has the route template \"%s\", without which there is no night. The folder %s takes the"
                                    + " place of all routes that the connector brings, and has %d route files in it.")
                            .formatted(
                                    template.group(1),
                                    Path.of("routes").toAbsolutePath(),
                                    files("routes").size()),
                    "Put all route files of the connector into the folder, or remove it: the connector then takes its own."
                            + " Routes of yours belong into custom-routes/.",
                    failure);
        }
        return analysis(
                description(chain, message),
                "Correct the route file and start again, or take it out of its folder. Nothing was changed or sent.",
                failure);
    }

    private static String description(List<Throwable> chain, String message) {
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return "Two routes have the id \"%s\": %s. Each id must be taken once, by the connector's routes or by yours."
                    .formatted(twice.group(1), String.join(" and ", places(twice.group(1))));
        }
        Matcher place = PLACE.matcher(message);
        // indented lines are quotes from the file
        String text = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        if (place.find()) {
            return "%s, line %s: %s".formatted(place.group(1), place.group(2), text);
        }
        return chain.stream()
                .flatMap(each -> each instanceof FailedToCreateRouteException route && route.getRouteId() != null
                        ? Stream.of(route.getRouteId())
                        : Stream.empty())
                .findFirst()
                .map(id -> "Route %s (%s) cannot be used: %s"
                        .formatted(id, places(id).get(0), text))
                .orElse("The routes cannot be used: " + text);
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static boolean isOfCamel(Throwable cause) {
        return cause instanceof FailedToCreateRouteException || cause instanceof CamelSpringBootInitializationException;
    }

    /** Whether a route is to blame; a bean of the connector can also keep Camel from starting. */
    private static boolean isAboutRoutes(Throwable innermost, String message) {
        return innermost.getClass().getName().matches("org\\.(apache\\.camel|snakeyaml)\\..*")
                || PLACE.matcher(message).find()
                || NO_TEMPLATE.matcher(message).find();
    }

    /** The files and lines in which a route has that id; if no folder has it, the route is in the jar. */
    private static List<String> places(String id) {
        Pattern written = Pattern.compile("\\s*(?:-\\s*)?id:\\s*[\"']?" + Pattern.quote(id) + "[\"']?\\s*(?:#.*)?");
        List<String> places = new ArrayList<>();
        for (Path file : Stream.of("routes", "custom-routes")
                .flatMap(folder -> files(folder).stream())
                .toList()) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (written.matcher(lines.get(i)).matches()) {
                    places.add("%s, line %d".formatted(file, i + 1));
                }
            }
        }
        if (places.size() < 2 && !Files.isDirectory(Path.of("routes"))) {
            places.add("the routes that the connector brings");
        }
        return places;
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder), FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> !file.toString().contains("/.."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static FailureAnalysis analysis(String description, String action, Throwable failure) {
        return new FailureAnalysis(description, action, failure);
    }
}
