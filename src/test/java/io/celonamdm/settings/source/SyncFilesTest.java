package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs that are written in several files. */
@Slow
class SyncFilesTest {
    private static final String SYNC = """
            %s:
              schedule: "0 30 4 * * ?"
              mdm: { platform: own }
              celona: { customer-id: "104242", api-key: "${KEY}" }
            """;

    @TempDir
    Path folder = Path.of("");

    private Path syncs = Path.of("");

    @BeforeEach
    void make() throws IOException {
        syncs = Files.createDirectory(folder.resolve("syncs"));
    }

    private void file(String name, String... parts) throws IOException {
        Files.writeString(syncs.resolve(name), String.join("", parts));
    }

    private ConnectorSettings read(String application, String... arguments) {
        Path file = StartedSettings.write(folder, application);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--connector.syncs-folder=" + syncs);
        return StartedSettings.of(file, Map.of("KEY", "hush"), all.toArray(String[]::new));
    }

    private void assertReport(String application, String... problems) {
        assertThatThrownBy(() -> read(application))
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(problems)
                                .allSatisfy(problem -> assertThat(problem).doesNotContain("hush")));
    }

    @Test
    void eachFileHasOneSyncOrSeveral() throws IOException {
        file("a.yaml", SYNC.formatted("store"), SYNC.formatted("depot"));
        file("b.yml", SYNC.formatted("office"), "  jitter: 5m\n");
        file(".hidden.yaml", "{{{");
        file("notes.txt", "{{{");
        Files.createDirectory(syncs.resolve("..data.yaml"));

        ConnectorSettings settings =
                read("""
                connector:
                  jitter: 2h
                  syncs:
                %s""".formatted(SYNC.formatted("warehouse").indent(4)), "--connector.syncs.store.paused=true");

        assertThat(settings.syncs()).containsOnlyKeys("depot", "office", "store", "warehouse");
        SyncSettings store = Objects.requireNonNull(settings.syncs().get("store"));
        assertThat(store.celona().apiKey()).isEqualTo("hush");
        assertThat(store.paused()).as("what the process is started with wins").isTrue();
        assertThat(settings.jitter()).isEqualTo(Duration.ofHours(2));
        assertThat(Objects.requireNonNull(settings.syncs().get("office")).jitter())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void problemsOfAllFilesAreInOneReport() throws IOException {
        file("a.yaml", SYNC.formatted("store"), "  shedule: x\n");
        file("b.yaml", SYNC.formatted("depot"), "  jitter: 24h\n");
        file("c.yaml", SYNC.formatted("store"), SYNC.formatted("night-shop"));
        file("d.yaml", SYNC.formatted("warehouse"), SYNC.formatted("nightshop"));
        file("e.yaml", "connector:\n  syncs:\n", SYNC.formatted("kiosk").indent(4));
        file("f.yaml", "kiosk:\n  celona: { api-key: hush\n  schedule: [\n");

        assertReport(
                "connector:\n  syncs:\n" + SYNC.formatted("warehouse").indent(4),
                "connector.syncs.store: is in %1$s/a.yaml, line 2 and in %1$s/c.yaml, line 2; a sync is written in one place"
                        .formatted(syncs),
                "connector.syncs.warehouse: is in %s/settings.yaml, line 4 and in %s/d.yaml, line 2; a sync is written in one place"
                        .formatted(folder, syncs),
                "connector.syncs.nightshop: cannot be told apart from night-shop (%1$s/c.yaml, line 6): in names of syncs, dashes make no difference (%1$s/d.yaml, line 6)"
                        .formatted(syncs),
                "%s/e.yaml: must hold what stands below connector.syncs: it begins with the name of a sync, without connector: and syncs: above it"
                        .formatted(syncs),
                "%s/f.yaml: is no YAML in line 3: expected ',' or '}', but got :".formatted(syncs),
                "connector.syncs.depot.jitter = 24h: must be shorter than or equal to 12 hours (%s/b.yaml, line 5)"
                        .formatted(syncs),
                "connector.syncs.store.shedule: unknown key; did you mean connector.syncs.store.schedule? (%s/a.yaml, line 5)"
                        .formatted(syncs));
    }

    @Test
    void aFolderThatIsNamedMustBeThere() throws IOException {
        Files.delete(syncs);

        assertReport("", "connector.syncs-folder = %s: there is no such folder".formatted(syncs));
    }

    @Test
    void whatIsNamedLikeAFileOfSyncsIsOne() throws IOException {
        Files.createDirectory(syncs.resolve("a.yaml"));
        Files.createSymbolicLink(syncs.resolve("b.yaml"), folder.resolve("nowhere.yaml"));
        Files.createSymbolicLink(syncs.resolve("c.yml"), Path.of("c.yml"));
        file("d.YAML", SYNC.formatted("store"), "  shedule: x\n");

        assertReport(
                "",
                "%s/a.yaml: is not a file; make it a file, or remove it".formatted(syncs),
                "%s/b.yaml: is not a file, but a link that leads nowhere; make it a file, or remove it"
                        .formatted(syncs),
                "%s/c.yml: is not a file, but a link that leads nowhere; make it a file, or remove it".formatted(syncs),
                "connector.syncs.store.shedule: unknown key; did you mean connector.syncs.store.schedule? (%s/d.YAML, line 5)"
                        .formatted(syncs));
    }

    @Test
    void aFileHoldsSyncsByName() throws IOException {
        file("a.yaml", "- store\n- depot\n");
        file("b.yaml", "hush\n");
        file("c.yaml", "# nothing yet\n");
        file("d.yaml", "---\n# nothing\n---\n[]\n");

        assertReport(
                "",
                "%s/a.yaml: holds a list in line 1, where settings by name belong".formatted(syncs),
                "%s/b.yaml: holds a text in line 1, where settings by name belong".formatted(syncs),
                "%s/d.yaml: holds a list in line 4, where settings by name belong".formatted(syncs));
    }

    @Test
    void noTwoSyncsTakeFilesFromOneFolder() throws IOException {
        String csv = SYNC.replace("platform: own", "platform: csv, folder: \"%s\"");
        file("a.yaml", csv.formatted("depot", folder + "/x"), csv.formatted("store", folder + "/y/../x"));

        assertReport(
                "",
                "connector.syncs.store.mdm.folder = %s/y/../x: is the folder of sync depot already; each sync needs its own (%s/a.yaml, line 7)"
                        .formatted(folder, syncs));
    }

    @Test
    void jitterIsShorterThanTheTimeBetweenTwoNights() throws IOException {
        file("a.yaml", SYNC.formatted("store").replace("30 4 *", "0/30 * *"), "  jitter: 30m\n");

        assertReport(
                "",
                "connector.syncs.store.jitter = 30m: must be shorter than the 30 minutes between two nights of connector.syncs.store (%s/a.yaml, line 5)"
                        .formatted(syncs));
    }
}
