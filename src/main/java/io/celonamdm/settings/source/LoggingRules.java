package io.celonamdm.settings.source;

import ch.qos.logback.core.util.FileSize;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.settings.check.Problem;
import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Refuses a start whose log cannot be written as it should be, which the logging itself tells in forty lines. Until the report
 * the log goes to the console alone, in the usual form.
 */
class LoggingRules implements EnvironmentPostProcessor {
    private static final String CONFIG = "logging.config";
    private static final String FILE = "logging.file.name";
    private static final String FOLDER = "logging.file.path";
    private static final String ROLLING = "logging.logback.rollingpolicy.";
    private static final String LINE = "%d{HH:mm:ss.SSS} %-5p %m%n";
    private static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error", "off", "all");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        for (String log : List.of("console", "file")) {
            refuse(environment, "logging.structured.format." + log, LoggingRules::formatTrouble, "");
            refuse(environment, "logging.charset." + log, LoggingRules::charsetTrouble, "UTF-8");
            refuse(environment, "logging.pattern." + log, LogPatterns::lineTrouble, LINE);
            refuse(environment, "logging.threshold." + log, LoggingRules::levelTrouble, "TRACE");
        }
        refuse(environment, "logging.pattern.dateformat", LogPatterns::dateTrouble, "HH:mm:ss.SSS");
        refuse(environment, "logging.pattern.level", LogPatterns::lineTrouble, "%5p");
        refuse(environment, "logging.pattern.correlation", LogPatterns::lineTrouble, "");
        refuse(environment, ROLLING + "file-name-pattern", LogPatterns::fileNameTrouble, "%d.%i");
        refuse(environment, ROLLING + "max-file-size", size -> sizeTrouble(size, 1), "10MB");
        refuse(environment, ROLLING + "total-size-cap", size -> sizeTrouble(size, 0), "0");
        refuse(environment, ROLLING + "max-history", LoggingRules::countTrouble, "7");
        refuse(environment, CONFIG, LoggingRules::configTrouble, "");
        if (value(environment, FILE).isEmpty()) {
            refuse(environment, FOLDER, folder -> fileTrouble(folder + "/spring.log"), "");
        } else if (refuse(environment, FILE, LoggingRules::fileTrouble, "")) {
            environment.getPropertySources().addFirst(new MapPropertySource("without a folder", Map.of(FOLDER, "")));
        }
    }

    /** @param instead what counts until the report */
    private static boolean refuse(
            ConfigurableEnvironment environment,
            String key,
            Function<String, @Nullable String> trouble,
            String instead) {
        String value = value(environment, key);
        boolean isUnset = value.contains("${") && !key.contains("pattern");
        String wrong = isUnset ? "refers to a variable or property that is not set" : null;
        if (wrong == null && !value.isEmpty()) {
            wrong = trouble.apply(value);
        }
        if (wrong != null) {
            environment
                    .getPropertySources()
                    .addFirst(new Unreadable(
                            "without " + key, new Problem(key, value, wrong, null), Map.of(key, instead)));
        }
        return wrong != null;
    }

    /** As Spring Boot does for the log: a pattern may name what only the log knows, such as ${LOG_FILE}. */
    private static String value(ConfigurableEnvironment environment, String key) {
        PropertySourcesPropertyResolver values = new PropertySourcesPropertyResolver(environment.getPropertySources());
        values.setIgnoreUnresolvableNestedPlaceholders(true);
        return values.getProperty(key, "").strip();
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

    private static @Nullable String levelTrouble(String level) {
        if (level.equals("false")) {
            return "must be one of trace, debug, info, warn, error, off; YAML reads off as false, so put it in quotes";
        }
        return LEVELS.contains(level.toLowerCase(Locale.ROOT))
                ? null
                : "must be one of trace, debug, info, warn, error, off";
    }

    private static @Nullable String sizeTrouble(String size, long least) {
        try {
            long bytes = size.matches("-?[0-9]+[A-Z]*")
                    ? DataSize.parse(size).toBytes()
                    : FileSize.valueOf(size).getSize();
            return bytes < least ? "must be a size such as 10MB" : null;
        } catch (IllegalArgumentException e) {
            return "must be a size such as 10MB";
        }
    }

    private static @Nullable String countTrouble(String count) {
        return count.matches("[0-9]{1,9}") ? null : "must be a number of days such as 7, or 0 for no limit";
    }

    private static @Nullable String configTrouble(String place) {
        Resource file = ApplicationResourceLoader.get().getResource(place);
        if (!file.isReadable()) {
            return "cannot be read by the user that runs the connector, or is not there";
        }
        try (InputStream content = file.getInputStream()) {
            SAXParserFactory parsers = SAXParserFactory.newInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.newSAXParser().parse(content, new DefaultHandler());
            return null;
        } catch (SAXParseException e) {
            return "is no XML in line %d: %s".formatted(e.getLineNumber(), e.getMessage());
        } catch (IOException | SAXException | ParserConfigurationException e) {
            return "cannot be read: " + FileTrouble.text(e);
        }
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
            return "cannot be written by the user that runs the connector: %s; choose another place"
                    .formatted(FileTrouble.ofWriting(e));
        }
    }
}
