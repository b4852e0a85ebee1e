package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What a look between the nights sees in a folder. */
class CsvLookTests {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final CsvInventory inventory = new CsvInventory(Clock.fixed(NOW, ZoneOffset.UTC));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aLookReadsTheFilesAndLeavesThemToTheNight() throws IOException {
        write("one.csv", "EID,Name\n89049032000000000000000000000001,One\n", NOW.minusSeconds(600));
        write("two.csv", "EID,Name\n89049032000000000000000000000002,Two\n", NOW.minusSeconds(500));
        write("broken.csv", "nothing of use", NOW.minusSeconds(500));
        write("arriving.csv", "EID,Name\n89049032000000000000000000000003,Three\n", NOW);

        assertThat(look("additions")).containsExactly("One", "Two");
        assertThat(look("additions")).containsExactly("One", "Two");

        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aFullInventoryThatIsStillArrivingShowsNothing() throws IOException {
        write("one.csv", "EID,Name\n89049032000000000000000000000001,One\n", NOW.minusSeconds(600));
        assertThat(look("full")).containsExactly("One");

        write("arriving.csv", "EID,Name\n89049032000000000000000000000003,Three\n", NOW);

        assertThat(look("full")).isEmpty();
    }

    @Test
    void aFileThatIsReplacedWhileItIsReadIsNotReadByTheColumnsOfTheOldOne() throws IOException {
        write("one.csv", "EID,Name,Group\n89049032000000000000000000000001,One,Drivers\n", NOW.minusSeconds(600));
        Taking taking = inventory.begin(sync("full"));

        write("one.csv", "EID,Group,Name\n89049032000000000000000000000001,Drivers,One\n", NOW.minusSeconds(500));

        assertThatThrownBy(taking::page).isInstanceOfSatisfying(KnownFailure.class, failure -> {
            assertThat(failure.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT);
            assertThat(failure.failure().code()).isEqualTo(ReasonCode.FILE_UNREADABLE);
            assertThat(failure).hasMessageContaining("one.csv changed while it was read");
        });
    }

    @Test
    void aFileThatIsShortenedWhileItIsReadIsNotTakenForAll() throws IOException {
        String rows = IntStream.range(0, 1_000)
                .mapToObj("89049032%024d,One%n"::formatted)
                .collect(Collectors.joining());
        write("one.csv", "EID,Name\n" + rows, NOW.minusSeconds(600));
        Taking taking = inventory.begin(sync("full"));
        taking.page();

        write("one.csv", "EID,Name\n", NOW.minusSeconds(600));

        assertThatThrownBy(() -> {
                    while (taking.isOpen()) {
                        taking.page();
                    }
                })
                .isInstanceOf(KnownFailure.class)
                .hasMessageContaining("one.csv changed while it was read");
    }

    @Test
    void aFileThatIsReplacedBeforeALookHasReadItIsNotRead() throws IOException {
        write("one.csv", "EID,Name\n89049032000000000000000000000001,One\n", NOW.minusSeconds(600));
        Taking taking = inventory.begin(sync("additions"));
        Files.delete(folder.resolve("one.csv"));

        assertThatThrownBy(taking::page)
                .isInstanceOf(KnownFailure.class)
                .hasMessageContaining("one.csv changed while it was read");
    }

    private List<String> look(String mode) throws IOException {
        return inventory.additions(sync(mode)).devices().stream()
                .filter(device -> device.excluded() == null)
                .map(MdmDevice::name)
                .toList();
    }

    private Sync sync(String mode) {
        SyncSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "sync.schedule",
                        "0 30 4 * * ?",
                        "sync.mdm.platform",
                        "csv",
                        "sync.mdm.folder",
                        folder.toString(),
                        "sync.mdm.csv.mode",
                        mode)))
                .bind("sync", SyncSettings.class)
                .get();
        return Sync.of("warehouse", settings);
    }

    private void write(String name, String content, Instant written) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
