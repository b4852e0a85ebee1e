package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No library is older than the fix of an advisory, unless the page on security says why that does not matter here. */
class AdvisoriesTest {
    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    /** One line of the list. */
    private record Advisory(String library, Version fixed, String id) {
        static Advisory of(String line) {
            String[] parts = line.split(",", -1);
            assertThat(parts).as(line).hasSize(3);
            return new Advisory(parts[0], Version.parse(parts[1]), parts[2]);
        }

        /** The version in use, which is the name of the folder that the jar is in. */
        Stream<Version> used() {
            String[] coordinates = library.split(":", -1);
            String folder = "/" + coordinates[0].replace('.', '/') + "/" + coordinates[1] + "/";
            return CLASS_PATH.stream()
                    .map(jar -> jar.replace(File.separatorChar, '/'))
                    .filter(jar -> jar.contains(folder))
                    .map(jar -> Version.parse(
                            jar.substring(jar.indexOf(folder) + folder.length()).replaceFirst("/.*", "")));
        }

        boolean isOpen() {
            return used().anyMatch(version -> version.compareTo(fixed) < 0);
        }
    }

    private static List<Advisory> advisories() throws IOException {
        return Files.readAllLines(Path.of("src", "release", "advisories.csv")).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("library,"))
                .map(Advisory::of)
                .toList();
    }

    private static List<String> explained() throws IOException {
        return Files.readAllLines(Path.of("docs", "security.md")).stream()
                .filter(line -> line.startsWith("| CVE-"))
                .map(line -> line.replaceFirst("\\| (CVE-[\\d-]+) .*", "$1"))
                .toList();
    }

    @Test
    void everyHoleIsMendedOrExplained() throws IOException {
        assertThat(advisories().stream().filter(Advisory::isOpen).map(Advisory::id))
                .as("advisories whose fix is not in use, and the table in docs/security.md")
                .containsExactlyInAnyOrderElementsOf(explained());
    }

    @Test
    void everyLibraryOfTheListIsInUse() throws IOException {
        assertThat(advisories())
                .hasSizeGreaterThan(20)
                .allSatisfy(advisory ->
                        assertThat(advisory.used()).as(advisory.library()).isNotEmpty());
    }
}
