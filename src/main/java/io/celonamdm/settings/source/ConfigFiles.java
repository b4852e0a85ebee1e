package io.celonamdm.settings.source;

import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/** Reads {@code application.yaml} and its imports as Spring does, but names a file that it cannot read. */
final class ConfigFiles {
    private static final List<PropertySourceLoader> LOADERS =
            List.of(new YamlPropertySourceLoader(), new PropertiesPropertySourceLoader());

    private ConfigFiles() {}

    /**
     * Adds the properties of the files.
     *
     * @throws InvalidSettingsException if a file cannot be read; names the file
     */
    static void addTo(ConfigurableEnvironment environment, String... profiles) {
        Noted files = new Noted();
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment, files, null, profiles);
        } catch (RuntimeException e) {
            Problem problem = files.unreadable()
                    .orElseGet(
                            () -> new Problem("application.yaml or what it imports", null, YamlTrouble.text(e), null));
            throw new InvalidSettingsException(List.of(problem));
        }
    }

    /** Records the files that Spring reads. */
    private static final class Noted extends DefaultResourceLoader {
        private final List<Resource> files = new ArrayList<>();

        @Override
        public Resource getResource(String location) {
            Resource file = super.getResource(location);
            files.add(file);
            return file;
        }

        Optional<Problem> unreadable() {
            return files.stream()
                    .filter(Resource::exists)
                    .flatMap(file -> problem(file).stream())
                    .findFirst();
        }

        private static Optional<Problem> problem(Resource file) {
            String name = String.valueOf(file.getFilename());
            for (PropertySourceLoader loader : LOADERS) {
                if (Stream.of(loader.getFileExtensions()).anyMatch(each -> name.endsWith("." + each))) {
                    try {
                        loader.load(name, file);
                    } catch (IOException | RuntimeException e) {
                        return Optional.of(new Problem(path(file), null, YamlTrouble.text(e), null));
                    }
                }
            }
            return Optional.empty();
        }

        private static String path(Resource file) {
            try {
                return file.getFile().toPath().normalize().toString();
            } catch (IOException e) {
                return file.getDescription();
            }
        }
    }
}
