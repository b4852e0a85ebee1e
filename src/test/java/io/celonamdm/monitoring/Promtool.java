package io.celonamdm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool for checking what is meant for it. */
public final class Promtool {
    private static final String NAME = "promtool";

    private Promtool() {}

    /** Skips the test where a program of Debian's package {@code prometheus} is not installed. */
    static void assumeInstalled(String program) {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is not installed: apt-get install --no-install-recommends prometheus");
    }

    /**
     * Runs it; skips the test where it is not installed.
     *
     * @param input what it reads from its standard input; the null device for nothing
     * @return what it has to say; fails if that is that something is wrong
     */
    public static String run(Path input, String... arguments) {
        assumeInstalled(NAME);
        List<String> command = new ArrayList<>(List.of(NAME));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
