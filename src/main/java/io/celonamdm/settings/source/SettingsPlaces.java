package io.celonamdm.settings.source;

import io.celonamdm.settings.check.Problem;
import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses a start whose settings are in place but are not what they should be: a file called {@code config}, a folder
 * called {@code application.yaml}, a link that leads nowhere. Spring Boot passes over these, and a connector without any
 * settings would run.
 */
class SettingsPlaces implements EnvironmentPostProcessor {
    private static final String ELSEWHERE = "spring.config.location";
    private static final List<String> FILES = List.of("application.yaml", "application.yml", "application.properties");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.containsProperty(ELSEWHERE)) {
            problems(Path.of(""))
                    .forEach(problem ->
                            environment.getPropertySources().addLast(new Unreadable("unreadable " + problem, problem)));
        }
    }

    /** What is wrong with the usual places of settings below a folder. */
    static List<Problem> problems(Path folder) {
        List<Problem> problems = new ArrayList<>();
        Path config = folder.resolve("config");
        for (Path each : List.of(config, config.resolve("syncs"))) {
            if (isThere(each) && !Files.isDirectory(each)) {
                problems.add(Problem.of(each, "is not a folder" + orLink(each) + "; make it a folder, or remove it"));
            }
        }
        if (Files.isDirectory(config) && !Files.isReadable(config)) {
            problems.add(Problem.of(
                    config, "cannot be read by the user that runs the connector; grant that user the right"));
        }
        for (Path parent : List.of(folder, config)) {
            for (String name : FILES) {
                Path file = parent.resolve(name);
                if (isThere(file)
                        && !Files.isRegularFile(file)
                        && (Files.isSymbolicLink(file) || Files.isDirectory(file))) {
                    problems.add(noFile(file));
                }
            }
        }
        return problems;
    }

    static Problem noFile(Path file) {
        return Problem.of(file, "is not a file" + orLink(file) + "; make it a file, or remove it");
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String orLink(Path path) {
        return Files.isSymbolicLink(path) && !Files.exists(path) ? ", but a link that leads nowhere" : "";
    }
}
