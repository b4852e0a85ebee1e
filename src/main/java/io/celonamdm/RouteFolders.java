package io.celonamdm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
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

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty(PATTERN)) {
            return;
        }
        String pattern =
                Files.isDirectory(Path.of("routes")) ? "file:" + FOLDER + FILES : shipped(application.getClassLoader());
        if (Files.isDirectory(Path.of("custom-routes"))) {
            pattern += ",file:custom-routes/" + FILES;
        }
        environment.getPropertySources().addLast(new MapPropertySource("routeFolders", Map.of(PATTERN, pattern)));
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
