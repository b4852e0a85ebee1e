package io.celonamdm.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.architecture.RouteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every step of the shipped routes that has an id was run by some test. The build asks after all other tests. */
class RouteCoverageCheck {
    @Test
    void everyStepWithAnIdRan() throws IOException {
        Set<String> ran = StepsThatRan.in(Path.of("target/camel-route-coverage"));

        List<String> neverRan = RouteFile.all().stream()
                .flatMap(file -> file.steps().stream()
                        .filter(step -> !step.id().isEmpty() && !ran.contains(step.id()))
                        .map(step -> file + ": " + step.id()))
                .toList();

        assertThat(neverRan).as("steps that no test ran").isEmpty();
    }
}
