package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.SettingsReader;
import io.celonamdm.settings.source.SettingsInForce.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/** Files that change while the connector runs: a folder of syncs, application.yaml, and secrets that are mounted. */
@ExtendWith(OutputCaptureExtension.class)
@Slow
class SettingsWatchTest {
    private static final String STORE = """
            store:
              schedule: "0 30 4 * * ?"
              mdm: { platform: own }
              celona: { customer-id: "104242", api-key: "${store.api-key}" }
            """;

    @TempDir
    Path folder = Path.of("");

    private final List<SettingsChanged> heard = new ArrayList<>();
    private final StaticListableBeanFactory checks = new StaticListableBeanFactory();
    private boolean ledgerIsAway;
    private int versions;
    private SettingsInForce inForce = new SettingsInForce(
            new SettingsSources.Read(new StandardEnvironment(), List.of(), ""),
            new SettingsReader(StartedSettings.CLOCK).read(new StandardEnvironment(), List.of()),
            StartedSettings.CLOCK.instant());
    private SettingsWatch watch = watch(new StandardEnvironment());

    @BeforeEach
    void start() throws IOException {
        write(
                "application.yaml",
                "connector: { workers: 4 }\nspring.config.import: \"configtree:%s/secrets/\"\n".formatted(folder));
        mount("secrets", Map.of("store.api-key", "hush-1\n"));
        mount("syncs", Map.of("store.yaml", STORE));
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "arguments",
                        Map.of(
                                "spring.config.location",
                                "file:" + folder + "/application.yaml",
                                "connector.syncs-folder",
                                folder.resolve("syncs").toString())));
        ConfigDataEnvironmentPostProcessor.applyTo(environment, new DefaultResourceLoader(), null);
        SettingsSources.Read read = new SettingsSources(environment).first();
        ConnectorSettings settings =
                new SettingsReader(StartedSettings.CLOCK).read(read.environment(), read.problems());
        inForce = new SettingsInForce(read, settings, StartedSettings.CLOCK.instant());
        watch = watch(environment);
    }

    private SettingsWatch watch(ConfigurableEnvironment environment) {
        return new SettingsWatch(
                inForce,
                environment,
                checks.getBeanProvider(SettingsCheck.class),
                event -> {
                    if (ledgerIsAway) {
                        throw new IllegalStateException("the ledger is away");
                    }
                    heard.add((SettingsChanged) event);
                },
                StartedSettings.CLOCK);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Mounts files as Kubernetes does: links that lead to a hidden folder by another link, which is swapped. */
    private void mount(String name, Map<String, String> files) throws IOException {
        Path mounted = Files.createDirectories(folder.resolve(name));
        Path version = Files.createDirectory(mounted.resolve("..version-" + ++versions));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(version.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(mounted.resolve("..data_tmp"), version.getFileName());
        Files.move(
                link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var old = Files.list(mounted)) {
            old.filter(each -> !each.getFileName().toString().startsWith("..")
                            && !files.containsKey(each.getFileName().toString()))
                    .forEach(SettingsWatchTest::delete);
        }
        for (String file : files.keySet()) {
            if (!Files.exists(mounted.resolve(file))) {
                Files.createSymbolicLink(mounted.resolve(file), Path.of("..data", file));
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> changes() {
        return heard.stream()
                .flatMap(event -> event.changes().stream())
                .map(SettingChange::toString)
                .toList();
    }

    private SyncSettings store() {
        return Objects.requireNonNull(inForce.settings().syncs().get("store"));
    }

    @Test
    void whatHasNotChangedIsNotTakenUp() throws IOException {
        mount("syncs", Map.of("store.yaml", "# the same in other words\n" + STORE));
        watch.look();
        watch.look();

        assertThat(heard).isEmpty();
        assertThat(inForce.refusal()).isEmpty();
    }

    @Test
    void aChangeIsTakenUpOnceItStands(CapturedOutput output) throws IOException {
        mount("syncs", Map.of("store.yaml", STORE + "  guards: { max-new: 5 }\n"));
        watch.look();
        assertThat(heard).as("a file that may be half written").isEmpty();
        mount("syncs", Map.of("store.yaml", STORE + "  guards: { max-new: 5, max-new-percent: 7 }\n  jitter: 1h\n"));
        watch.look();
        assertThat(heard).isEmpty();
        watch.look();
        watch.look();

        assertThat(changes())
                .containsExactly(
                        "connector.syncs.store.guards.max-new: not set -> 5",
                        "connector.syncs.store.guards.max-new-percent: not set -> 7",
                        "connector.syncs.store.jitter: not set -> 1h");
        assertThat(store().guards().maxNew()).isEqualTo(5);
        assertThat(output.getOut().lines().filter(line -> line.contains("settings: connector.")))
                .hasSize(3);
    }

    @Test
    void syncsComeAndGoAndApplicationYamlCountsToo() throws IOException {
        mount("syncs", Map.of("depot.yaml", STORE.replace("store:", "depot:")));
        write(
                "application.yaml",
                "connector: { workers: 5, jitter: 2m }\nspring.config.import: \"configtree:%s/secrets/\"\n"
                        .formatted(folder));
        watch.look();
        watch.look();

        assertThat(changes())
                .containsExactly(
                        "connector.syncs.depot: added",
                        "connector.syncs.store: removed",
                        "connector.jitter: not set -> 2m",
                        "connector.workers: 4 -> 5 (counts from the next start)");
        assertThat(inForce.settings().syncs()).containsOnlyKeys("depot");
    }

    @Test
    void aRotatedSecretIsTakenUpAndNotTold(CapturedOutput output) throws IOException {
        assertThat(store().celona().apiKey()).isEqualTo("hush-1");
        mount("secrets", Map.of("store.api-key", "hush-2\n"));
        watch.look();
        watch.look();

        assertThat(store().celona().apiKey()).isEqualTo("hush-2");
        assertThat(heard)
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new SettingChange(
                                "connector.syncs.store.celona.api-key", "store", "changed", true, true)));
        assertThat(output.getAll()).contains("api-key: changed").doesNotContain("hush");
    }

    @Test
    void whatIsMadeOfASecretIsMaskedWhateverItsKey() throws IOException {
        mount(
                "syncs",
                Map.of(
                        "store.yaml",
                        STORE.replace("platform: own", "platform: own, options: { x: \"a ${store.api-key}\" }")));
        watch.look();
        watch.look();

        assertThat(changes()).containsExactly("connector.syncs.store.mdm.options.x: changed");
    }

    @Test
    void invalidFilesChangeNothingAndAreToldOnce(CapturedOutput output) throws IOException {
        SyncSettings before = store();
        mount("syncs", Map.of("store.yaml", STORE + "  guards: { max-new: many }\n  jitter: 13h\n"));
        watch.look();
        watch.look();
        watch.look();

        assertThat(heard).isEmpty();
        assertThat(store()).isEqualTo(before);
        Refusal refusal = inForce.refusal().orElseThrow();
        assertThat(refusal.since()).isEqualTo(StartedSettings.CLOCK.instant());
        assertThat(refusal.problems())
                .hasSize(2)
                .anyMatch(problem ->
                        problem.startsWith("connector.syncs.store.guards.max-new = many: must be a whole number")
                                && problem.contains("store.yaml, line 5"));
        assertThat(output.getOut().lines().filter(line -> line.contains("are refused")))
                .hasSize(1);

        mount("syncs", Map.of("store.yaml", STORE));
        watch.look();
        assertThat(inForce.refusal()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void filesThatCannotBeReadChangeNothing() throws IOException {
        write("application.yaml", "connector:\n  workers: {\n");
        watch.look();
        watch.look();

        assertThat(inForce.refusal().orElseThrow().problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem).startsWith(folder + "/application.yaml: is no YAML in line 3"));
        assertThat(store().celona().apiKey()).isEqualTo("hush-1");
    }

    @Test
    void aRuleThatNeedsMoreThanTheSettingsCounts() throws IOException {
        checks.addBean("routes", (SettingsCheck) settings -> List.of("no route"));
        mount("syncs", Map.of("store.yaml", STORE + "  paused: true\n"));
        watch.look();
        watch.look();

        assertThat(inForce.refusal().orElseThrow().problems()).containsExactly("no route");
        assertThat(store().paused()).isFalse();
    }

    @Test
    void aChangeThatCannotBeTakenUpYetIsTriedAgain() throws IOException {
        ledgerIsAway = true;
        mount("syncs", Map.of("store.yaml", STORE + "  paused: true\n"));
        watch.look();
        watch.look();
        assertThat(store().paused()).isFalse();

        ledgerIsAway = false;
        watch.look();
        assertThat(store().paused()).isTrue();
        assertThat(changes()).containsExactly("connector.syncs.store.paused: not set -> true");
    }
}
