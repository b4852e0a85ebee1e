package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.Problem;
import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.DigestUtils;

/**
 * Sources of settings: the environment at the start, which stays, and files, which can be read again. The files are
 * {@code application.yaml} with its imports, such as secrets in a config tree, and the folder of syncs.
 */
final class SettingsSources {
    private static final String FOLDER = "connector.syncs-folder";
    private static final String FILE = "Config resource ";
    private static final String TREE = "Config tree ";

    private final ConfigurableEnvironment started;
    private final SyncFiles files = new SyncFiles();

    /** @param started the environment at the process's start */
    SettingsSources(ConfigurableEnvironment started) {
        this.started = started;
    }

    /**
     * The result of one reading.
     *
     * @param environment the settings
     * @param problems the problems of the files
     * @param digest changes when the files do
     */
    record Read(ConfigurableEnvironment environment, List<Problem> problems, String digest) {}

    /**
     * Returns the files as read at the start, and the folder of syncs.
     *
     * @throws InvalidSettingsException if the files could not be read
     */
    Read first() {
        return withSyncs(copy(started, source -> true));
    }

    /**
     * Reads all files again.
     *
     * @throws InvalidSettingsException if they cannot be read
     */
    Read again() {
        ConfigurableEnvironment fresh = copy(started, source -> !isFile(source));
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(
                    fresh, new DefaultResourceLoader(), null, started.getActiveProfiles());
        } catch (RuntimeException e) {
            throw new InvalidSettingsException(
                    List.of(Problem.of("application.yaml or what it imports", YamlTrouble.text(e))));
        }
        return withSyncs(fresh);
    }

    /** An environment with only these of the sources of another one. */
    static ConfigurableEnvironment copy(ConfigurableEnvironment other, Predicate<PropertySource<?>> wanted) {
        ConfigurableEnvironment copy = new StandardEnvironment(new MutablePropertySources()) {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                // system environment and properties are among the copied sources
            }
        };
        other.getPropertySources().stream()
                // this one is a view of all the others
                .filter(source -> !"configurationProperties".equals(source.getName()) && wanted.test(source))
                .forEach(copy.getPropertySources()::addLast);
        return copy;
    }

    private Read withSyncs(ConfigurableEnvironment environment) {
        List<Problem> unreadable = environment.getPropertySources().stream()
                .flatMap(source -> source instanceof Unreadable file ? Stream.of(file.problem()) : Stream.empty())
                .toList();
        if (!unreadable.isEmpty()) {
            throw new InvalidSettingsException(unreadable);
        }
        List<Problem> problems = new ArrayList<>();
        SyncPlaces places = new SyncPlaces(problems);
        environment.getPropertySources().stream()
                .filter(source -> source.getName().startsWith(FILE))
                .forEach(source -> note(source, places));
        String folder = Binder.get(environment).bind(FOLDER, String.class).orElse("");
        environment.getPropertySources().addLast(files.read(path(folder, problems), places, problems));
        return new Read(environment, List.copyOf(problems), digest(environment, problems));
    }

    private static Path path(String folder, List<Problem> problems) {
        if (!folder.isBlank() && !folder.equals(ConnectorSettings.USUAL_FOLDER)) {
            try {
                Path path = Path.of(folder);
                if (!Files.isDirectory(path)) {
                    problems.add(new Problem(FOLDER, folder, "there is no such folder", null));
                }
                return path;
            } catch (InvalidPathException e) {
                problems.add(new Problem(FOLDER, folder, "is no path of a folder", null));
            }
        }
        return Path.of(ConnectorSettings.USUAL_FOLDER);
    }

    private static void note(PropertySource<?> source, SyncPlaces places) {
        if (source instanceof EnumerablePropertySource<?> keys && source instanceof OriginLookup<?>) {
            for (String key : keys.getPropertyNames()) {
                Object origin = OriginLookup.getOrigin(source, key);
                places.isFirst(key, origin == null ? key : origin, "application");
            }
        }
    }

    private static boolean isFile(PropertySource<?> source) {
        return Stream.of(FILE, TREE, SyncFiles.NAME).anyMatch(source.getName()::startsWith);
    }

    private static String digest(ConfigurableEnvironment environment, List<Problem> problems) {
        Map<String, Object> values = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (isFile(source) && source instanceof EnumerablePropertySource<?> keys) {
                for (String key : keys.getPropertyNames()) {
                    values.put(source.getName() + " " + key, String.valueOf(keys.getProperty(key)));
                }
            }
        }
        return DigestUtils.md5DigestAsHex((values + "\n" + problems).getBytes(StandardCharsets.UTF_8));
    }
}
