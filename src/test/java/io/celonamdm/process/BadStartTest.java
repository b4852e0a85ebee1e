package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A failed start prints a report of a few lines: what is wrong, where, and what to do. DEBUG adds the stack trace. */
@Slow
@ExtendWith(OutputCaptureExtension.class)
class BadStartTest {
    private static final String SETTINGS = """
            connector:
              syncs:
                store:
                  schedule: "0 30 4 * * ?"
                  mdm: { platform: csv, folder: exports }
                  celona: { customer-id: "104242", api-key: hush }
            """;

    private static final int FEW = 10;

    @TempDir
    Path folder = Path.of("");

    private Path settings() throws IOException {
        Path settings = folder.resolve("application.yaml");
        return Files.exists(settings) ? settings : Files.writeString(settings, SETTINGS);
    }

    /** Starts within the tests, and returns the report. */
    private String refused(CapturedOutput output, String... arguments) throws IOException {
        return report(WithinTests.exitCode(folder, settings(), List.of(arguments)), output.getAll());
    }

    /** Starts a process in the folder, and returns its report. */
    private String refusedProcess() throws IOException {
        ConnectorProcess.Ended ended =
                ConnectorProcess.command(folder, settings(), List.of("--server.port=0", "--management.server.port=0"));
        return report(ended.exitCode(), ended.out() + ended.err());
    }

    private static String report(int exitCode, String said) {
        assertThat(exitCode).as(said).isEqualTo(1);
        assertThat(said).contains("APPLICATION FAILED TO START").doesNotContain("hush");
        assertThat(said.lines()).noneMatch(line -> line.matches("\\s*at [\\w.$]+\\(.*"));
        assertThat(said.lines().filter(line -> line.contains(" ERROR "))).hasSize(1);
        String report = said.substring(said.indexOf("APPLICATION FAILED TO START"));
        assertThat(report.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(FEW);
        assertThat(report).contains("Action:");
        return report;
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "connector: {\\n  workers: 4\\n | is no YAML in line 3",
                "connector:\\n\\tworkers: 4\\n | is no YAML in line 2: found character '\\t(TAB)'",
                "connector:\\n  workers: 4\\n  workers: 5\\n | is no YAML in line 3: found duplicate key workers",
                "connector: \\0 | is no text in UTF-8"
            })
    void settingsThatAreNoYaml(String text, String problem, CapturedOutput output) throws IOException {
        Path settings = Files.writeString(folder.resolve("application.yaml"), text.translateEscapes());

        assertThat(refused(output)).contains("- " + settings + ": " + problem);
    }

    @Test
    void settingsThatCannotBeRead(CapturedOutput output) throws IOException {
        Path settings = Files.createSymbolicLink(folder.resolve("application.yaml"), Path.of("/proc/self/mem"));

        assertThat(refused(output)).contains("- " + settings + ": cannot be read: ");
    }

    @Test
    void aDatabaseThatIsNotThere(CapturedOutput output) throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:%d/connector".formatted(nobody);

        assertThat(refused(output, "--spring.datasource.url=" + url, "--spring.datasource.password=hush"))
                .contains("The ledger at " + url + " cannot be reached: ")
                .contains("spring.datasource.url");
    }

    @Test
    void anAddressOfAnotherTool(CapturedOutput output) throws IOException {
        assertThat(refused(output, "--spring.datasource.url=postgres://connector:hush@db.example/connector"))
                .contains("- spring.datasource.url = postgres://******@db.example/connector")
                .contains("jdbc:postgresql://host:5432/database");
    }

    @Test
    void aWrongPasswordOfTheLedger(CapturedOutput output) throws IOException, SQLException {
        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data").resolve("ledger"), "sa", "another")
                .close();

        assertThat(refused(output, "--spring.datasource.password=hush"))
                .contains("refuses the user or the password")
                .contains("spring.datasource.password");
    }

    @Test
    void aLedgerThatIsDamaged(CapturedOutput output) throws IOException {
        byte[] noise = new byte[20_000];
        new Random(7).nextBytes(noise);
        Path file = Files.createDirectory(folder.resolve("data")).resolve("ledger.mv.db");
        Files.write(file, noise);

        assertThat(refused(output)).contains("is damaged: ", file.toString(), "restore the latest backup");
        assertThat(file).hasBinaryContent(noise);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/ledger", "occupied/ledger"})
    void aFolderOfTheLedgerThatCannotBeMade(String path, CapturedOutput output) throws IOException {
        Files.createFile(folder.resolve("occupied"));

        assertThat(refused(output, "--connector.ledger.folder=" + folder.resolve(path)))
                .contains("- connector.ledger.folder = ", path, "cannot be made")
                .contains("choose another folder");
    }

    @Test
    void aFolderOfRoutesWithoutRoutes() throws IOException {
        Files.createDirectory(folder.resolve("routes"));

        assertThat(refusedProcess())
                .contains(
                        "The folder " + folder.resolve("routes") + " takes the place of all routes",
                        "has 0 route files")
                .contains("custom-routes/");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "lg: hello | custom-routes/mine.camel.yaml, line 6: Unknown node id: lg",
                "to: \"direct:x | custom-routes/mine.camel.yaml, line 6: while scanning a quoted scalar"
            })
    void aRouteThatCannotBeRead(String step, String problem, CapturedOutput output) throws IOException {
        Path route = customRoute("mine", step);

        assertThat(refused(
                        output,
                        "--camel.main.routes-include-pattern=file:routes/**/*.camel.yaml,file:%s/*.camel.yaml"
                                .formatted(route.getParent())))
                .contains(problem);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mine | to: nosuch:thing | Route mine (custom-routes/mine.camel.yaml, line 2) cannot be used: No endpoint",
                "assign | log: hello | Two routes have the id \"assign\": custom-routes/mine.camel.yaml, line 2 and the routes"
            })
    void aRouteThatCannotBeUsed(String id, String step, String problem) throws IOException {
        customRoute(id, step);

        assertThat(refusedProcess()).contains(problem);
    }

    private Path customRoute(String id, String step) throws IOException {
        return Files.writeString(
                Files.createDirectory(folder.resolve("custom-routes")).resolve("mine.camel.yaml"),
                """
                - route:
                    id: %s
                    from:
                      uri: direct:mine
                      steps:
                        - %s
                """.formatted(id, step));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.port", "management.server.port"})
    void aPortThatIsTaken(String setting, CapturedOutput output) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refused(output, "--%s=%d".formatted(setting, socket.getLocalPort())))
                    .contains(
                            "Port %d is taken".formatted(socket.getLocalPort()), "set " + setting + " to a free port");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "logging.level.io.celonamdm=LOUD | must be one of trace, debug, info, warn, error, fatal, off",
                "logging.file.name=/proc/x/y.log | cannot be written by the user that runs the connector",
                "server.port=http | must be a whole number",
                "management.server.port=65536 | must be a port from 1 to 65535",
                "server.tomcat.connection-timeout=soon | must be a duration such as 30s, 5m, 2h or 7d",
                "server.forward-headers-strategy=nope | must be one of native, framework, none",
                "spring.datasource.hikari.connection-timeout=100 | connectionTimeout cannot be less than 250ms",
                "logging.pattern.console=%d %nope %m | is no pattern that Logback knows: [nope] is not a valid conversion word",
                "logging.logback.rollingpolicy.max-history=ten | must be a number of days such as 7",
                "server.tomcat.threads.max=-1 | must be a whole number of at least 1",
                "management.endpoints.web.exposure.include=nonsens | there is no endpoint nonsens",
                "spring.datasource.driver-class-name=no.Such | (\"spring.datasource.driver-class-name\" from"
            })
    void aSettingOfSpringBootThatCannotBeUsed(String setting, String problem, CapturedOutput output)
            throws IOException {
        assertThat(refused(output, "--" + setting)).contains("- " + setting.replace("=", " = "), problem);
    }

    @Test
    void aFolderOfRoutesMayBeALink() throws IOException {
        Files.createSymbolicLink(folder.resolve("routes"), Path.of("routes").toAbsolutePath());
        Files.createDirectory(folder.resolve("exports"));
        Files.writeString(Files.createDirectory(folder.resolve("custom-routes")).resolve("mine.yaml"), "[]");
        Path settings = Files.writeString(folder.resolve("application.yaml"), SETTINGS);
        Path log = folder.resolve("log");

        try (ConnectorProcess process = ConnectorProcess.start(folder, settings, log, List.of())) {
            process.awaitReady();
        }
        assertThat(Files.readString(log))
                .contains("custom-routes/mine.yaml is not read: the name of a route file ends in .camel.yaml");
    }
}
