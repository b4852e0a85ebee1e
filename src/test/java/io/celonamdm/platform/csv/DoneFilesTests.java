package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.FleetReport;
import io.celonamdm.esim.EidCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are put away once they were read. */
class DoneFilesTests {
    private static final FleetReport NOTHING_KNOWN = new FleetReport() {
        @Override
        public boolean planned() {
            return true;
        }

        @Override
        public boolean planOnly() {
            return false;
        }

        @Override
        public Iterable<Row> devices() {
            return List.of();
        }

        @Override
        public Iterable<Row> downloads() {
            return List.of();
        }

        @Override
        public Map<String, Row> of(Collection<String> eids) {
            return Map.of();
        }
    };

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

    /** Such as one that is open in a spreadsheet, or belongs to somebody else. */
    @Test
    void aResultThatCannotBeWrittenKeepsNoOtherBack() throws IOException {
        Path archive = Files.createDirectory(folder.resolve("done"));
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        for (String name : names) {
            Files.writeString(archive.resolve(name), "EID\n1\n");
            Files.createFile(archive.resolve("." + name + ".open"));
        }
        List<String> locked = List.of("b", "e", "g");
        for (String name : locked) {
            Files.createDirectories(archive.resolve(name + ResultFile.SUFFIX).resolve("locked"));
        }

        ResultFile results = new ResultFile(NOTHING_KNOWN, EidCheck.WARN);
        assertThatThrownBy(() -> done().refresh(results, Settings.defaults().columns()))
                .isInstanceOf(IOException.class);

        assertThat(names)
                .filteredOn(name -> !locked.contains(name))
                .allSatisfy(name -> assertThat(archive.resolve(name + ResultFile.SUFFIX))
                        .content()
                        .contains("LEFT_OUT"));
        assertThat(archive.resolve(".b.open")).as("it is tried again").exists();
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
