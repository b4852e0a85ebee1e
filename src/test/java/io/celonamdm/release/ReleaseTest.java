package io.celonamdm.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for releases, in a repository of its own that has what the script changes. */
@Slow
class ReleaseTest {
    private static final String SCRIPT = "src/release/release";

    @TempDir
    Path repository = Path.of("");

    private record Ended(int exitCode, String output) {}

    @BeforeEach
    void copy() throws Exception {
        Path here = Path.of("");
        for (Path each : List.of(
                here.resolve("pom.xml"),
                here.resolve("CHANGELOG.md"),
                here.resolve("README.md"),
                here.resolve("Dockerfile"),
                here.resolve("helm/Chart.yaml"),
                here.resolve("docs/kubernetes.md"),
                here.resolve(SCRIPT))) {
            Path target = repository.resolve(each.toString());
            Files.createDirectories(target.getParent());
            Files.copy(each, target);
        }
        Path changelog = repository.resolve("CHANGELOG.md");
        // what is released by now has a date; there is always something that is not
        Files.writeString(
                changelog, Files.readString(changelog).replaceFirst("(?m)^## ", "## Unreleased\n\n- News.\n\n## "));
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("commit", "-q", "-m", "all");
    }

    @Test
    void aDryRunShowsEveryVersionAndChangesNothing() throws Exception {
        Ended dry = run("bash", SCRIPT, "--dry-run", "9.8.7");

        assertThat(dry.exitCode).as(dry.output).isZero();
        assertThat(dry.output)
                .contains(
                        "+  <version>9.8.7</version>",
                        "+version: 9.8.7",
                        "+appVersion: 9.8.7",
                        "image.version=\"9.8.7\"",
                        "+java -jar target/celona-mdm-connector-9.8.7.jar",
                        "celona-mdm-connector:9.8.7",
                        "+## 9.8.7 – ",
                        "would build the jar twice")
                .doesNotContain("-    <version>4.", "+## 9.8.7 – unreleased");
        assertThat(git("status", "--porcelain").output).isEmpty();
        assertThat(git("tag").output).isEmpty();
    }

    @Test
    void whatWouldGoWrongIsRefusedFirst() throws Exception {
        assertThat(run("bash", SCRIPT, "--dry-run", "9.8").output).contains("a version is three numbers");
        git("tag", "v9.8.7");
        assertThat(run("bash", SCRIPT, "9.8.7").output).contains("there is a tag v9.8.7 already");
        git("checkout", "-q", "-b", "other");
        assertThat(run("bash", SCRIPT, "9.8.8").output).contains("releases are made on main");
        git("checkout", "-q", "main");
        Files.writeString(repository.resolve("CHANGELOG.md"), "## 0.1.0 – 2026-01-01\n\n- Old.\n");
        assertThat(run("bash", SCRIPT, "9.8.8").output).contains("the working tree is not clean");
        git("commit", "-qam", "released");
        Ended empty = run("bash", SCRIPT, "9.8.8");
        assertThat(empty.output).contains("the changelog has nothing that is unreleased");
        assertThat(empty.exitCode).isEqualTo(1);
    }

    private Ended git(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(
                        Stream.of("git", "-c", "user.name=test", "-c", "user.email=test@example.com"),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
