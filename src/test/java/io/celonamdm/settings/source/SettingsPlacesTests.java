package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.settings.check.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that Spring Boot would pass over without a word. */
class SettingsPlacesTests {
    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void name() {
        config = folder.resolve("config");
    }

    private List<String> problems() {
        return SettingsPlaces.problems(folder).stream().map(Problem::toString).toList();
    }

    @Test
    void nothingIsWrongWithoutSettingsOrWithUsualOnes() throws IOException {
        assertThat(problems()).isEmpty();

        Path real = Files.writeString(folder.resolve("real.yaml"), "connector: {}");
        Files.createDirectory(config);
        Files.createSymbolicLink(config.resolve("application.yaml"), real);
        assertThat(problems()).isEmpty();
    }

    @Test
    void aFolderMayBeALink() throws IOException {
        Files.createSymbolicLink(config, Files.createDirectory(folder.resolve("elsewhere")));
        Files.writeString(config.resolve("application.yaml"), "connector: {}");

        assertThat(problems()).isEmpty();
    }

    @Test
    void aFileInPlaceOfTheFolder() throws IOException {
        Files.createFile(config);

        assertThat(problems()).containsExactly(config + ": is not a folder; make it a folder, or remove it");
    }

    @Test
    void aFileInPlaceOfTheFolderOfSyncs() throws IOException {
        Path syncs = Files.createFile(Files.createDirectory(config).resolve("syncs"));

        assertThat(problems()).containsExactly(syncs + ": is not a folder; make it a folder, or remove it");
    }

    @Test
    void aLinkThatLeadsNowhere() throws IOException {
        Files.createSymbolicLink(config, folder.resolve("nowhere"));

        assertThat(problems())
                .containsExactly(
                        config + ": is not a folder, but a link that leads nowhere; make it a folder, or remove it");
    }

    @Test
    void aFolderInPlaceOfTheFileAndALinkToItself() throws IOException {
        Path file = Files.createDirectories(config.resolve("application.yaml"));
        Path loop = Files.createSymbolicLink(folder.resolve("application.yml"), Path.of("application.yml"));

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        file + ": is not a file; make it a file, or remove it",
                        loop + ": is not a file, but a link that leads nowhere; make it a file, or remove it");
    }
}
