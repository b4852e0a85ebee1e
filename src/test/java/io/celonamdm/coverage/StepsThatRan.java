package io.celonamdm.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The ids of all steps that ran, as {@link RouteCoverage} writes them into a folder. */
final class StepsThatRan {
    private StepsThatRan() {}

    static Set<String> in(Path folder) throws IOException {
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                ids.addAll(Files.readAllLines(file));
            }
        }
        return ids;
    }
}
