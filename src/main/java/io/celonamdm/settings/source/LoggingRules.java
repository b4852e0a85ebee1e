package io.celonamdm.settings.source;

import io.celonamdm.settings.check.Problem;
import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Refuses a start whose log cannot be written as it should be, which the logging itself tells in forty lines. Until the report
 * the log goes to the console alone, in the usual form.
 */
class LoggingRules implements EnvironmentPostProcessor {
    private static final String CONFIG = "logging.config";
    private static final String FILE = "logging.file.name";
    private static final String FOLDER = "logging.file.path";
    private static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        for (String log : List.of("console", "file")) {
            refuse(environment, "logging.structured.format." + log, LoggingRules::formatTrouble, Map.of());
            String charset = "logging.charset." + log;
            refuse(environment, charset, LoggingRules::charsetTrouble, Map.of(charset, "UTF-8"));
        }
        refuse(environment, CONFIG, LoggingRules::configTrouble, Map.of());
        if (environment.getProperty(FILE, "").isEmpty()) {
            refuse(environment, FOLDER, folder -> fileTrouble(folder + "/spring.log"), Map.of());
        } else {
            refuse(environment, FILE, LoggingRules::fileTrouble, Map.of(FOLDER, ""));
        }
    }

    private static void refuse(
            ConfigurableEnvironment environment,
            String key,
            Function<String, @Nullable String> trouble,
            Map<String, Object> instead) {
        String value = environment.getProperty(key, "").strip();
        String wrong = value.isEmpty() ? null : trouble.apply(value);
        if (wrong != null) {
            Map<String, Object> until = new HashMap<>(Map.of(key, ""));
            until.putAll(instead);
            environment
                    .getPropertySources()
                    .addFirst(new Unreadable("without " + key, new Problem(key, value, wrong, null), until));
        }
    }

    private static @Nullable String formatTrouble(String format) {
        return FORMATS.contains(format.toLowerCase(Locale.ROOT)) || ClassUtils.isPresent(format, null)
                ? null
                : "must be one of ecs, gelf, logstash";
    }

    private static @Nullable String charsetTrouble(String name) {
        try {
            return Charset.isSupported(name) ? null : "must be a character set such as UTF-8";
        } catch (IllegalCharsetNameException e) {
            return "must be a character set such as UTF-8";
        }
    }

    private static @Nullable String configTrouble(String place) {
        return ApplicationResourceLoader.get().getResource(place).isReadable()
                ? null
                : "cannot be read by the user that runs the connector, or is not there";
    }

    /** Only the attempt shows it: the parent may be missing, full or not this user's. */
    private static @Nullable String fileTrouble(String name) {
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (Files.isDirectory(file)) {
                return "is a folder; must be a file, such as logs/connector.log";
            }
            Files.createDirectories(file.getParent());
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return null;
        } catch (IOException | InvalidPathException e) {
            return "cannot be written by the user that runs the connector (%s); choose another place"
                    .formatted(e.getClass().getSimpleName());
        }
    }
}
