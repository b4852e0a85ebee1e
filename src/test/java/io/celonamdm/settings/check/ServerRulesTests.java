package io.celonamdm.settings.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

class ServerRulesTests {
    private final MockEnvironment environment = new MockEnvironment();
    private final List<Problem> doubts = new ArrayList<>();

    @TempDir
    Path folder;

    private List<String> problems() {
        return ServerRules.problems(environment, doubts::add).stream()
                .map(Problem::toString)
                .map(text -> text.replaceFirst(" \\(\".*", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.port | 65536 | must be a port from 1 to 65535, 0 for any free one, or -1 for none",
                "server.port | -2 | must be a port from 1 to 65535, 0 for any free one, or -1 for none",
                "management.server.port | 99999999999 | must be a port from 1 to 65535, 0 for any free one, or -1 for none",
                "server.address | 203.0.113.7 | is no address of this machine",
                "management.server.address | nobody.invalid | no host has this name",
                "server.servlet.context-path | esim | must begin with /",
                "server.tomcat.basedir | /proc/x | the folder cannot be made; choose another",
                "server.ssl.bundle | web | there is no bundle of that name below spring.ssl.bundle.pem",
                "connector.http.ssl-bundle | web | there is no bundle of that name below spring.ssl.bundle.pem"
            })
    void whatAServerCannotUseIsNamed(String key, String value, String problem) {
        environment.setProperty(key, value);

        assertThat(problems()).singleElement().asString().startsWith(key + " = " + value + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "server.port, 0",
        "server.port, -1",
        "management.server.port, 65535",
        "server.address, 0.0.0.0",
        "server.address, ::1",
        "server.address, localhost",
        "server.servlet.context-path, /esim",
        "server.servlet.context-path, /",
        "server.servlet.context-path, /esim/",
        "server.servlet.context-path, ''",
        "server.tomcat.accesslog.directory, /proc/x"
    })
    void whatAServerCanUseIsTaken(String key, String value) {
        environment.setProperty(key, value);

        assertThat(problems()).isEmpty();
    }

    @Test
    void aFolderOfAnAccessLogThatIsWrittenIsMade() throws IOException {
        environment.setProperty("server.tomcat.accesslog.enabled", "true");
        environment.setProperty(
                "server.tomcat.accesslog.directory",
                Files.createFile(folder.resolve("occupied")).toString());
        assertThat(problems()).singleElement().asString().contains("occupied: the folder cannot be made");

        environment.setProperty(
                "server.tomcat.accesslog.directory", folder.resolve("logs").toString());
        assertThat(problems()).isEmpty();
    }

    @Test
    void aServerThatDoesNotListenNeedsNoAddress() {
        environment.setProperty("server.port", "-1");
        environment.setProperty("server.address", "203.0.113.7");

        assertThat(problems()).isEmpty();
    }

    @Test
    void aFailureIsOfTheSettingWhoseValueItNames() {
        environment.setProperty("spring.datasource.driver-class-name", "no.Such");
        environment.setProperty("spring.datasource.password", "hush");
        environment.setProperty("camel.main.routes-include-pattern", "file:none/*.yaml");
        environment.getPropertySources().addLast(new MapPropertySource("system", Map.of("java.io.tmpdir", "no.Such")));

        assertThat(SuspectSettings.in(environment, "Cannot load driver class: no.Such"))
                .singleElement()
                .asString()
                .startsWith("spring.datasource.driver-class-name = no.Such");
        assertThat(SuspectSettings.in(environment, "none"))
                .singleElement()
                .asString()
                .startsWith("camel.main.routes-include-pattern = file:none/*.yaml");
        assertThat(SuspectSettings.in(environment, "the user is no.Suchlike, by hush"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.tomcat.threads.max | -1 | must be a whole number of at least 1",
                "spring.quartz.properties.org.quartz.threadPool.threadCount | 0 | must be a whole number of at least 1",
                "camel.main.shutdown-timeout | 0 | must be a whole number of at least 1",
                "management.server.base-path | x | must begin with /",
                "management.endpoints.web.exposure.include | health,nonsens | there is no endpoint nonsens; there are auditevents, beans, ",
                "management.endpoints.web.exposure.exclude[0] | nonsens | there is no endpoint nonsens",
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri | nonsense | must be an address such as https://",
                "spring.security.oauth2.resourceserver.jwt.issuer-uri | nonsense | must be an address such as https://",
                "server.tomcat.connection-timeout | -5s | must not be negative",
                "spring.lifecycle.timeout-per-shutdown-phase | -PT5S | must not be negative",
                "server.tomcat.max-http-form-post-size | -7KB | must not be negative",
                "spring.datasource.hikari.max-lifetime | -5 | must not be negative",
                "spring.datasource.password | ${NOBODY} | the environment variable NOBODY is not set"
            })
    void whatAFrameworkWouldTakeInSilenceIsNamed(String key, String value, String problem) {
        environment.setProperty(key, value);

        String text = problems().get(0);
        assertThat(problems()).hasSize(1);
        assertThat(text).startsWithIgnoringCase(key).contains(": " + problem);
        assertThat(doubts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.tomcat.threads.max | 20",
                "server.tomcat.max-http-form-post-size | -1",
                "server.servlet.session.timeout | -1",
                "management.server.base-path | /manage",
                "management.endpoints.web.exposure.include | *",
                "management.endpoints.web.exposure.include | health, threadDump,deadletters",
                "spring.security.filter.order | -100",
                "spring.datasource.password | -hush",
                "server.ssl.ciphers[0] | TLS_AES_256_GCM_SHA384",
                "logging.level.org.example | debug",
                "spring.datasource.hikari.data-source-properties.tcpKeepAlive | true",
                "spring.ssl.bundle.pem.web.protocol | TLS"
            })
    void whatAFrameworkCanUseIsTaken(String key, String value) {
        environment.setProperty(key, value);

        assertThat(problems()).isEmpty();
        assertThat(doubts).isEmpty();
    }

    @Test
    void aNameThatNobodyReadsIsToldAndStopsNobody() {
        environment.setProperty("server.prot", "9090");
        environment.setProperty("spring.datasource.pasword", "hush");
        environment.setProperty("spring.of-our-own-thing", "x");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("applicationInfo", Map.of("spring.application.pid", "7")));

        assertThat(problems()).isEmpty();
        assertThat(doubts)
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("server.prot: no setting has this name, so nobody reads it; did you mean"
                                        + " server.port?"),
                        second -> assertThat(second)
                                .contains("did you mean spring.datasource.password?")
                                .doesNotContain("hush"),
                        third -> assertThat(third).startsWith("spring.of-our-own-thing: no setting has this name"));
    }
}
