package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration for updates of dependencies means what is there. */
class DependencyUpdatesTest {
    private final JsonNode configuration = read();

    @Test
    void everyPackageOfARuleIsUsed() throws IOException {
        String used = Files.readString(Path.of("pom.xml")) + Files.readString(Path.of("Dockerfile"));

        assertThat(configuration.path("packageRules").findValues("matchPackageNames").stream()
                        .flatMap(JsonNode::valueStream)
                        .map(name -> name.asText().replaceFirst(".*:", "")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(used).containsPattern("(>|/|=)" + name + "(<|:)"));
    }

    @Test
    void helm4IsFound() throws IOException {
        JsonNode manager = configuration.at("/customManagers/0");

        assertThat(Files.readString(Path.of(".ci/run")))
                .containsPattern(manager.at("/matchStrings/0").asText());
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Path.of("renovate.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
