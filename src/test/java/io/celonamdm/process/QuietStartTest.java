package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A successful start and night leave nothing suspicious in the log, on each installed Java that is newer than that of the
 * tests; {@link SecondProcessTest} has a start and a night on theirs.
 */
@Slow
class QuietStartTest {
    private static final String SYNC = "warehouse";

    /** Those beside that of the tests. */
    static List<Path> machines() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(own.resolveSibling(""))) {
            return beside.filter(home -> version(home) > Runtime.version().feature())
                    .map(home -> home.resolve("bin").resolve("java"))
                    .toList();
        }
    }

    private static int version(Path home) {
        Properties release = new Properties();
        Path file = home.resolve("release");
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            release.load(stream);
            return Runtime.Version.parse(
                            release.getProperty("JAVA_VERSION", "\"0\"").replace("\"", ""))
                    .feature();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("machines")
    void nothingIsWarnedOf(Path java, @TempDir Path folder) throws IOException {
        try (Simulation simulation = Simulation.start(PhoneFleet.of(2, 25))) {
            simulation.celona().stock(2);
            Installation installation = new Installation(folder, "quiet-start").sync(SYNC, simulation);
            try (ConnectorProcess process = installation.startBy(java)) {
                assertThat(process.run(SYNC)).isEqualTo(202);
                process.awaitClosed(SYNC, Duration.ofMinutes(2));
                process.stop();
            }

            assertNothingIsWarnedOf(installation.log());
        }
    }

    static void assertNothingIsWarnedOf(Path log) throws IOException {
        assertThat(Files.readAllLines(log))
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*\\b(WARN|WARNING|ERROR)\\b.*"));
    }
}
