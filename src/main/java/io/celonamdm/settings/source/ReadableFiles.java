package io.celonamdm.settings.source;

import io.celonamdm.settings.check.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * Reads files as Spring Boot does, in its place. An unreadable one would end its start before there is a log, and it would
 * not name the file: here, such a file has a problem and no settings. The start is refused later, when the settings are
 * read.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ReadableFiles implements PropertySourceLoader {
    private static final long MOST_BYTES = 10_000_000;

    private final PropertySourceLoader properties = new PropertiesPropertySourceLoader();
    private final PropertySourceLoader yaml = new YamlPropertySourceLoader();

    @Override
    public String[] getFileExtensions() {
        return Stream.of(properties, yaml)
                .flatMap(loader -> Stream.of(loader.getFileExtensions()))
                .toArray(String[]::new);
    }

    @Override
    public List<PropertySource<?>> load(String name, Resource file) {
        boolean isYaml = Stream.of(properties.getFileExtensions())
                .noneMatch(extension -> String.valueOf(file.getFilename()).endsWith("." + extension));
        try {
            if (file.contentLength() > MOST_BYTES) {
                return List.of(
                        new Unreadable(name, Problem.of(path(file), "is larger than 10 MB, which no settings are")));
            }
            if (isYaml) {
                byte[] content = file.getContentAsByteArray();
                YamlAliases.check(content);
                YamlRoot.check(content);
            }
            return (isYaml ? yaml : properties).load(name, file);
        } catch (IOException | RuntimeException e) {
            String wrong = isYaml || e instanceof IOException
                    ? YamlTrouble.text(e)
                    : "has a \\u that is no character; write a backslash twice";
            return List.of(new Unreadable(name, Problem.of(path(file), wrong)));
        }
    }

    private static String path(Resource file) {
        try {
            return file.getFile().toPath().normalize().toString();
        } catch (IOException e) {
            return file.getDescription();
        }
    }

    /** Stands in for the settings of a file. */
    static final class Unreadable extends MapPropertySource {
        private final Problem problem;

        Unreadable(String name, Problem problem) {
            this(name, problem, Map.of());
        }

        /** @param instead what counts until the start is refused */
        Unreadable(String name, Problem problem, Map<String, Object> instead) {
            super(name, instead);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
