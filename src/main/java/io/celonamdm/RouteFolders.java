package io.celonamdm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where the routes are: {@code routes/} in the working directory, or in the jar where there is no such folder; routes of
 * the operator's own in {@code custom-routes/} come beside them.
 */
class RouteFolders implements EnvironmentPostProcessor {
    private static final String PATTERN = "camel.main.routes-include-pattern";
    private static final String FOLDER = "routes/";
    private static final String FILES = "**/*.camel.yaml";

    /** One of the files, by which the jar is found that has them all. */
    private static final String ONE_OF_THEM = FOLDER + "sync.camel.yaml";

    private final Log log;

    /** @param logs keeps what is said before there is a log */
    RouteFolders(DeferredLogFactory logs) {
        log = logs.getLog(RouteFolders.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty(PATTERN)) {
            return;
        }
        String pattern = isThere("routes") ? in("routes") : shipped(application.getClassLoader());
        if (isThere("custom-routes")) {
            pattern += "," + in("custom-routes");
        }
        environment.getPropertySources().addLast(new MapPropertySource("routeFolders", Map.of(PATTERN, pattern)));
    }

    private boolean isThere(String folder) {
        Path path = Path.of(folder);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
            log.warn(folder + " is no folder, or a link that leads nowhere, and is not read");
        }
        return Files.isDirectory(path);
    }

    /** Camel does not look into a folder that is a link. */
    private String in(String folder) {
        Path path = Path.of(folder);
        warnOfOthers(path);
        try {
            return "file:" + (Files.isSymbolicLink(path) ? path.toRealPath() : path) + "/" + FILES;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " leads nowhere", e);
        }
    }

    /** Files that look like those of routes, and are not read because of their names. */
    private void warnOfOthers(Path folder) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> file.toString().matches(".*\\.(ya?ml|xml)")
                            && !file.toString().endsWith(".camel.yaml"))
                    // a mounted ConfigMap has its files in hidden folders as well
                    .filter(file -> !file.toString().contains("/."))
                    .sorted()
                    .forEach(file -> log.warn(file + " is not read: the name of a route file ends in .camel.yaml"));
        } catch (IOException | UncheckedIOException e) {
            log.warn(folder + " cannot be looked through: " + e.getMessage());
        }
    }

    /** The files one by one: a jar need not have entries for its folders, without which no pattern finds anything. */
    static String shipped(ClassLoader loader) {
        URL one = loader.getResource(ONE_OF_THEM);
        try {
            URLConnection connection = one == null ? null : one.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return jar.getJarFile().stream()
                        .map(entry -> withinJar(entry, jar.getEntryName()))
                        .filter(name -> name.startsWith(FOLDER) && name.endsWith(".camel.yaml"))
                        .sorted()
                        .map(name -> "classpath:" + name)
                        .collect(Collectors.joining(","));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the routes in " + one + " cannot be listed", e);
        }
        return "classpath:" + FOLDER + FILES;
    }

    /** The name of an entry on the class path, which may begin at a folder of the jar. */
    private static String withinJar(ZipEntry entry, String entryOfOne) {
        String above = entryOfOne.substring(0, entryOfOne.length() - ONE_OF_THEM.length());
        return entry.getName().startsWith(above) ? entry.getName().substring(above.length()) : "";
    }
}
