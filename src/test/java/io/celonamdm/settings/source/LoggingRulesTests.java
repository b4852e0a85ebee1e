package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
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
        "logging.file.name, /proc/x/y.log, 'cannot be written by the user that runs the connector: nothing can be made there;', ''",
        "logging.file.name, /dev/null/y.log, 'cannot be written by the user that runs the connector: there is a file where a', ''",
        "logging.file.name, /proc, is a folder, ''",
        "logging.file.path, /proc/x, cannot be written, ''",
        "logging.file.name, ${NOBODY}/x.log, refers to a variable or property that is not set, ''",
        "logging.config, /proc/x.xml, cannot be read, ''",
        "logging.structured.format.console, xyz, 'must be one of ecs, gelf, logstash', ''",
        "logging.charset.file, no such, must be a character set such as UTF-8, UTF-8",
        "logging.pattern.console, '%d %zzz %m', is no pattern that Logback knows: [zzz] is not, '%d{HH:mm:ss.SSS} %-5p %m%n'",
        "logging.pattern.file, %d{nope}, is no pattern that Logback knows: Unknown pattern letter: o, '%d{HH:mm:ss.SSS} %-5p %m%n'",
        "logging.pattern.file, '%d{HH:mm', is no pattern that Logback knows: , '%d{HH:mm:ss.SSS} %-5p %m%n'",
        "logging.pattern.level, '%replace(%p){', is no pattern that Logback knows: , %5p",
        "logging.pattern.correlation, '%such', is no pattern that Logback knows: , ''",
        "logging.pattern.dateformat, nope, must be a pattern of date and time such as HH:mm:ss.SSS, HH:mm:ss.SSS",
        "logging.pattern.dateformat, 'HH:mm:ss,SSS', must be a pattern of date and time such as HH:mm:ss.SSS, HH:mm:ss.SSS",
        "logging.threshold.console, LOUD, 'must be one of trace, debug, info, warn, error, off', TRACE",
        "logging.threshold.file, false, 'must be one of trace, debug, info, warn, error, off; YAML reads off as false', TRACE",
        "logging.logback.rollingpolicy.file-name-pattern, x.gz, must have a day and a number in it, %d.%i",
        "logging.logback.rollingpolicy.file-name-pattern, 'x.%d{nope}.%i', must have a day and a number in it, %d.%i",
        "logging.logback.rollingpolicy.max-file-size, ten, must be a size such as 10MB, 10MB",
        "logging.logback.rollingpolicy.max-file-size, 0, must be a size such as 10MB, 10MB",
        "logging.logback.rollingpolicy.total-size-cap, -5MB, must be a size such as 10MB, 0",
        "logging.logback.rollingpolicy.max-history, ten, must be a number of days such as 7, 7"
    })
    void aLogThatCannotBeWrittenIsNamedAndLeftOut(String key, String value, String problem, String instead) {
        environment.setProperty(key, value);

        assertThat(problems()).singleElement().asString().startsWith(key + " = " + value + ": " + problem);
        assertThat(environment.getProperty(key)).isEqualTo(instead);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logging.pattern.console | %clr(%d{HH:mm}){faint} %esb(){APPLICATION_NAME}%correlationId %-40.40logger{39} : %m%n%wEx",
                "logging.pattern.console | %d{ISO8601,UTC} [%thread] %X{sync:-} %kvp %msg %ex{short}",
                "logging.pattern.file | %replace(%m){'a{2}', ''}%n",
                "logging.pattern.dateformat | yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "logging.pattern.dateformat | \"HH:mm:ss,SSS\"",
                "logging.pattern.correlation | [%X{run}]",
                "logging.threshold.console | Warn",
                "logging.threshold.file | OFF",
                "logging.logback.rollingpolicy.file-name-pattern | ${LOG_FILE}.%d{yyyy-MM-dd}.%i.gz",
                "logging.logback.rollingpolicy.max-file-size | 10 MB",
                "logging.logback.rollingpolicy.max-file-size | 512KB",
                "logging.logback.rollingpolicy.total-size-cap | 0",
                "logging.logback.rollingpolicy.max-history | 30"
            })
    void aLogThatCanBeWrittenAsWishedIsLeftAlone(String key, String value) {
        environment.setProperty(key, value);

        assertThat(problems()).isEmpty();
    }

    @Test
    void aConfigurationOfTheLogThatIsNoXmlIsNamedByItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("log.xml"), "<configuration>\n<root");
        environment.setProperty("logging.config", "file:" + file);

        assertThat(problems()).singleElement().asString().contains("log.xml: is no XML in line 2: ");
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
