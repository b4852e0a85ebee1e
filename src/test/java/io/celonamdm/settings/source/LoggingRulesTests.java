package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class LoggingRulesTests {
    private final MockEnvironment environment = new MockEnvironment();

    @TempDir
    Path folder;

    private List<String> problems() {
        new LoggingRules().postProcessEnvironment(environment, new SpringApplication());
        return environment.getPropertySources().stream()
                .filter(Unreadable.class::isInstance)
                .map(source -> ((Unreadable) source).problem().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "logging.file.name, /proc/x/y.log, cannot be written",
        "logging.file.name, /proc, is a folder",
        "logging.file.path, /proc/x, cannot be written",
        "logging.config, /proc/x.xml, cannot be read",
        "logging.structured.format.console, xyz, 'must be one of ecs, gelf, logstash'",
        "logging.charset.file, no such, must be a character set such as UTF-8"
    })
    void aLogThatCannotBeWrittenIsNamedAndLeftOut(String key, String value, String problem) {
        environment.setProperty(key, value);

        assertThat(problems()).singleElement().asString().startsWith(key + " = " + value + ": " + problem);
        assertThat(environment.getProperty(key)).isEqualTo(key.contains("charset") ? "UTF-8" : "");
    }

    @Test
    void aLogThatCanBeWrittenIsLeftAlone() {
        environment.setProperty(
                "logging.file.name", folder.resolve("logs/x.log").toString());
        environment.setProperty("logging.file.path", "/proc/x");
        environment.setProperty("logging.structured.format.console", "ECS");
        environment.setProperty("logging.charset.console", "UTF-8");

        assertThat(problems()).isEmpty();
        assertThat(folder.resolve("logs/x.log")).exists();
    }
}
