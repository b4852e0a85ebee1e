package io.celonamdm.operations.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What a command line means, without a process. */
class CommandLineTest {
    @Test
    void itsEndingsKeepTheirNumbers() {
        Command run = command("--run=warehouse");

        assertThat(ExitCode.values())
                .allSatisfy(code -> assertThat(run.exitCode(code)).isEqualTo(code.number()));
    }

    @Test
    void someEndingsCountAsSuccessOnRequest() {
        Command run = command("--run=warehouse", "--ok=waiting, approval-needed");

        assertThat(run.exitCode(ExitCode.WAITING)).isZero();
        assertThat(run.exitCode(ExitCode.APPROVAL_NEEDED)).isZero();
        assertThat(run.exitCode(ExitCode.PARTIAL)).isEqualTo(3);
    }

    @Test
    void anUnknownEndingIsNamed() {
        assertThatThrownBy(() -> command("--run=warehouse", "--ok=waitng"))
                .hasMessage("--ok is a list of done, waiting, partial, quarantined, failed, approval-needed, refused,"
                        + " warned, not-ready, in-doubt, bad-inventory, pool-exhausted, all-failed, unfinished, paused,"
                        + " person-needed, not waitng");
    }

    /** Otherwise the process would serve every sync, each by its schedule. */
    @Test
    void aSyncOfAFileIsTheOnlyOneAsWell(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("reno.yaml"), "store-reno: { schedule: '0 30 4 * * ?' }");

        assertThat(environment(folder, "--run=store-reno"))
                .returns("store-reno", each -> each.getProperty("connector-serves-only"))
                .returns("0 0 0 1 1 ? 2099", each -> each.getProperty("connector.syncs.store-reno.schedule"));
        assertThat(environment(folder, "--run=store-rome"))
                .returns(null, each -> each.getProperty("connector-serves-only"));
    }

    private static Command command(String... arguments) {
        return Command.of(environment(arguments)).orElseThrow();
    }

    private static ConfigurableEnvironment environment(Path syncs, String... arguments) {
        ConfigurableEnvironment environment = environment(arguments);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("folder", Map.of("connector.syncs-folder", syncs.toString())));
        new CommandEnvironment().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    private static ConfigurableEnvironment environment(String... arguments) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        return environment;
    }
}
