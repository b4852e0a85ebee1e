package io.celonamdm.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.operations.client.Verbs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which arguments start the connector, and what is said about all others. */
class ArgumentsTests {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Arguments of(String... arguments) {
        return Arguments.of(List.of(arguments), new PrintWriter(out), new PrintWriter(err));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--run=warehouse",
                "--run=warehouse --ok=waiting,partial --server.port=0",
                "--plan=warehouse --format=csv --limit=5",
                "--preflight",
                "--preflight=warehouse --logging.level.org.apache.camel=DEBUG",
                "--confirm=warehouse --eids=8904,8905",
                "--server.port=9090 --management.server.port=9091",
                "--SERVER.PORT=9090 --spring.datasource.hikari.maximumPoolSize=5",
                "--spring.config.location=file:elsewhere.yaml --spring.config.import=optional:x",
                "--connector.syncs.warehouse.paused=true --connector.syncs[a.b].paused=true --camel.main.name=x",
                "--spring.quartz.properties.org.quartz.threadPool.threadCount=2 --management.endpoints.web.exposure.include=*",
                "--debug --logging.threshold.console=WARN --spring.profiles.active=a,b"
            })
    void whatHasStartedTheConnectorStartsIt(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(of(arguments).toStart()).as("%s", err).containsExactlyInAnyOrder(arguments);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theSyncMayStandApart() {
        assertThat(of("--run", "warehouse").toStart()).containsExactly("--run=warehouse");
        assertThat(of("--preflight", "--server.port=0").toStart())
                .containsExactlyInAnyOrder("--preflight", "--server.port=0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--pan=warehouse | '--pan' is not known | Did you mean --plan?",
                "-run=warehouse | '-run' is not known | Did you mean --run?",
                "--Preflight | '--Preflight' is not known | Did you mean --preflight?",
                "--hlep | '--hlep' is not known | Did you mean --help?",
                "--status | '--status' is not known | Did you mean status?",
                "statsu | 'statsu' is not known | Did you mean status?",
                "dead-leters warehouse | 'dead-leters' is not known | Did you mean dead-letters?",
                "-Dserver.port=9 | '-Dserver.port' is not known | It is an option of java, and stands before -jar.",
                "--server.prot=9090 | no setting is named server.prot | did you mean --server.port?",
                "--warehouse.plan | no setting is named warehouse.plan | config/application.yaml",
                "--limit=5 | --limit belongs to one of --run, --plan |",
                "--debug status | status is a verb and comes first |",
                "pause warehouse | Missing required option: '--reason=WHY' | connector pause --help",
                "redrive warehouse --reason=x | --all |",
                "approve warehouse --plan=x --count=2 --reason=r | Invalid value for option '--plan' |",
                "device warehouse --plcae=dead | '--plcae' is not known | Did you mean --place?"
            })
    void aMistakeStartsNothing(String line, String problem, String hint) {
        Arguments arguments = of(line.split(" "));

        assertThat(arguments.exitCode()).as(line).hasValue(2);
        assertThat(err.toString())
                .contains(problem)
                .contains(hint == null ? "" : hint)
                .startsWith("connector");
        assertThat(err.toString().lines().count()).isBetween(2L, 3L);
        assertThat(out.toString()).isEmpty();
    }

    /** 2 says that devices wait, which a scheduler may take for success. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--run=warehouse --fromat=csv",
                "--run=warehouse --plan=warehouse",
                "--run=a --run=b",
                "--run",
                "--run=warehouse --ok=waitng",
                "--plan=warehouse --format=xml",
                "--plan=warehouse --limit=-5",
                "--run=warehouse status",
                "--run=warehouse --server.prot=1"
            })
    void aMistakeInACommandIsAStartThatFailed(String line) {
        assertThat(of(line.split(" ")).exitCode()).hasValue(1);
        assertThat(err.toString().lines().count()).as("%s", err).isBetween(2L, 3L);
    }

    @Test
    void aSecretThatShouldNotBeThereIsNotRepeated() {
        assertThat(of("status", "--password=hush").exitCode()).hasValue(2);
        assertThat(err.toString()).doesNotContain("hush");
    }

    @Test
    void aLineEndInAnArgumentForgesNoLine() {
        assertThat(of("--pan\nconnector: all is well\u001b[2J").exitCode()).hasValue(2);
        assertThat(err.toString().lines().count()).isBetween(2L, 3L);
        assertThat(err.toString()).doesNotContain("\u001b");
    }

    @Test
    void helpNamesEveryOptionAndEveryVerb() {
        assertThat(of("--help").exitCode()).hasValue(0);

        assertThat(out.toString()).contains("--run=SYNC", "--plan=SYNC", "--preflight[=SYNC]", "--confirm=SYNC");
        assertThat(verbs()).allSatisfy(verb -> assertThat(out.toString()).containsPattern("(?m)^  " + verb + "\\b"));
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyVerbHasHelpOfItsOwn() {
        for (String verb : verbs().toList()) {
            out.getBuffer().setLength(0);
            assertThat(of(verb, "--help").exitCode()).hasValue(0);
            assertThat(out.toString()).contains("Usage: connector " + verb, "--json", "--password-file");
        }
    }

    @Test
    void theVersionIsSaid() {
        assertThat(of("--version").exitCode()).hasValue(0);
        assertThat(out.toString()).startsWith("celona-mdm-connector ");
    }

    @Test
    void completionKnowsTheVerbs() {
        assertThat(of("generate-completion").exitCode()).hasValue(0);
        assertThat(out.toString()).contains("dead-letters", "--preflight", "complete -F");
    }

    private static Stream<String> verbs() {
        return Verbs.all().stream().map(verb -> new CommandLine(verb).getCommandName());
    }
}
