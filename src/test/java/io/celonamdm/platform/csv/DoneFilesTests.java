package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are put away once they were read. */
class DoneFilesTests {
    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void haveAnExport() throws IOException {
        file = Files.writeString(folder.resolve("phones.csv"), "EID\n1\n");
    }

    private DoneFiles done() throws IOException {
        return new DoneFiles(Inbox.of(folder.toString()), Instant.parse("2026-11-30T02:00:00Z"), Duration.ofDays(30));
    }

    private List<String> files(String below) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWasReadIsPutAway() throws IOException {
        done().take(FileStamp.of(file));

        assertThat(file).doesNotExist();
        assertThat(files("done")).containsExactly(".20261130T020000Z-phones.csv.open", "20261130T020000Z-phones.csv");
    }

    @Test
    void whatCannotBeReadIsPutAwayWithItsReason() throws IOException {
        done().refuse(FileStamp.of(file), "it is none");

        assertThat(file).doesNotExist();
        assertThat(files("rejected"))
                .containsExactly("20261130T020000Z-phones.csv", "20261130T020000Z-phones.csv.result.csv");
    }

    @Test
    void whatWasReplacedSinceItWasReadStays() throws IOException {
        FileStamp seen = FileStamp.of(file);
        Files.writeString(file, "EID\n1\n2\n");

        done().take(seen);
        done().refuse(seen, "it is none");

        assertThat(file).content().isEqualTo("EID\n1\n2\n");
        assertThat(folder.resolve("done")).doesNotExist();
        assertThat(folder.resolve("rejected")).doesNotExist();
    }

    @Test
    void whatWasReplacedInTheMomentOfTheMoveGoesBack() throws IOException {
        FileStamp seen = FileStamp.of(file);
        Files.writeString(file, "EID\n1\n2\n");
        Path to = Files.createDirectory(folder.resolve("done")).resolve("phones.csv");

        assertThat(DoneFiles.putAway(seen, to)).isFalse();

        assertThat(file).content().isEqualTo("EID\n1\n2\n");
        assertThat(files("done")).isEmpty();
    }
}
