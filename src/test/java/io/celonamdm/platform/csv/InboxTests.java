package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files wait in a folder. */
class InboxTests {
    private static final Instant NOW = Instant.parse("2026-11-24T04:30:00Z");

    @TempDir
    Path folder = Path.of("");

    @Test
    void filesWaitTheOldestFirst() throws IOException {
        write("b.csv", NOW.minusSeconds(20));
        write("a.csv", NOW.minusSeconds(10));
        Files.createDirectory(folder.resolve("done"));

        assertThat(Inbox.of(folder.toString()).waiting())
                .extracting(FileStamp::name)
                .containsExactly("b.csv", "a.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".hidden.csv", "~$open.xlsx", "x.csv.part", "x.TMP", "x.crdownload", "x.csv~", "x.filepart"})
    void whatIsUnfinishedByItsNameDoesNotWait(String name) throws IOException {
        write(name, NOW.minusSeconds(20));

        assertThat(Inbox.of(folder.toString()).waiting()).isEmpty();
    }

    @Test
    void aFileIsSettledWhenNobodyHasWrittenToItForAWhile() throws IOException {
        FileStamp stamp = write("a.csv", NOW.minusSeconds(5));

        assertThat(stamp.isSettled(NOW, Duration.ofSeconds(5))).isTrue();
        assertThat(stamp.isSettled(NOW, Duration.ofSeconds(6))).isFalse();
        assertThat(stamp.isCurrent()).isTrue();
        Files.writeString(stamp.path(), "more than before");
        assertThat(stamp.isCurrent()).isFalse();
    }

    @Test
    void oneFileMayBeNamedAndNeedNotBeThere() throws IOException {
        String daily = folder.resolve("daily.csv").toString();
        write("other.csv", NOW);

        assertThat(Inbox.of(daily).waiting()).isEmpty();
        write("daily.csv", NOW);
        assertThat(Inbox.of(daily).waiting()).extracting(FileStamp::name).containsExactly("daily.csv");
        assertThat(Inbox.of(daily).done()).isEqualTo(folder.resolve("done").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "missing/daily.csv"})
    void aFolderThatDoesNotExistIsNamedWithItsSetting(String name) {
        assertThatThrownBy(() -> Inbox.of(folder.resolve(name).toString()))
                .isInstanceOf(UnusableSetting.class)
                .hasMessageStartingWith("mdm.folder = " + folder.resolve(name))
                .hasMessageEndingWith("does not exist; create it, mount it, or correct the setting");
    }

    private FileStamp write(String name, Instant modified) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "EID\n");
        Files.setLastModifiedTime(file, FileTime.from(modified));
        return FileStamp.of(file);
    }
}
