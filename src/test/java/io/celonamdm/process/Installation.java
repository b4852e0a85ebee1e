package io.celonamdm.process;

import io.celonamdm.simulator.Simulation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A folder with the operator's settings and, below {@code data/}, the ledger: everything that one process leaves to the
 * next. Routes and the ledger's address come from the jar.
 */
final class Installation {
    private final Path folder;
    private final Path log;
    private final Properties settings = new Properties();

    /** @param name names the log, which stays in {@code target/process} for a look after the test */
    Installation(Path folder, String name) {
        this.folder = folder;
        log = Path.of("target", "process", name + ".log").toAbsolutePath();
        try {
            Files.createDirectories(log.getParent());
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a sync between the simulators, whose waits are fractions of a second. */
    Installation sync(String name, Simulation simulation) {
        set(name, "schedule", "0 30 4 * * ?");
        set(name, "mdm.platform", "jamf");
        set(name, "mdm.base-url", simulation.jamf().url());
        set(name, "mdm.client-id", Simulation.CLIENT_ID);
        set(name, "mdm.client-secret", Simulation.CLIENT_SECRET);
        set(name, "mdm.push", "command");
        set(name, "celona.customer-id", Simulation.CUSTOMER_ID);
        set(name, "celona.api-key", Simulation.API_KEY);
        set(name, "celona.assign-url", simulation.celona().url());
        set(name, "celona.activation-url", simulation.celona().url());
        set(name, "celona.poll.first", "200ms");
        set(name, "celona.poll.max", "1s");
        set(name, "celona.provision.first", "300ms");
        set(name, "celona.provision.max", "1s");
        set(name, "celona.provision.patience", "30s");
        set(name, "confirm.first", "300ms");
        set(name, "confirm.max", "1s");
        set(name, "in-doubt", "ask");
        set(name, "mdm.repeat.after", "5s");
        set(name, "retry.first", "200ms");
        set(name, "retry.max", "1s");
        return set(name, "guards.max-new-percent", "1000000");
    }

    /** Sets or changes a setting of a sync, for the next start. */
    Installation set(String sync, String key, String value) {
        settings.setProperty("connector.syncs." + sync + "." + key, value);
        return this;
    }

    /** Sets or changes a setting that is not a sync's, for the next start. */
    Installation set(String key, String value) {
        settings.setProperty(key, value);
        return this;
    }

    /** Removes a setting of a sync, for the next start. */
    Installation remove(String sync, String key) {
        settings.remove("connector.syncs." + sync + "." + key);
        return this;
    }

    /** Removes a sync, for the next start. */
    Installation remove(String sync) {
        settings.keySet().removeIf(key -> key.toString().startsWith("connector.syncs." + sync + "."));
        return this;
    }

    /** Starts a process and waits until it is ready. */
    ConnectorProcess start() {
        return start(List.of());
    }

    /** Starts a process whose JVM gets further options, and waits until it is ready. */
    ConnectorProcess start(List<String> options) {
        ConnectorProcess process = launch(options);
        try {
            process.awaitReady();
            return process;
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Starts a process without waiting for anything. */
    ConnectorProcess launch(List<String> options) {
        return ConnectorProcess.start(folder, written(), log, options);
    }

    /** Starts the process that {@link SharedClasses} are learned from, and waits until it is ready. */
    ConnectorProcess train(List<String> options) {
        ConnectorProcess process = ConnectorProcess.train(folder, written(), log, options);
        process.awaitReady();
        return process;
    }

    /** Starts a process by another Java than that of the tests, and waits until it is ready. */
    ConnectorProcess startBy(Path java) {
        ConnectorProcess process = ConnectorProcess.start(java, folder, written(), log);
        try {
            process.awaitReady();
            return process;
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Runs a command to its end. */
    ConnectorProcess.Ended command(String... arguments) {
        return ConnectorProcess.command(folder, written(), List.of(arguments));
    }

    /** Runs a command to its end; something happens to it meanwhile. */
    ConnectorProcess.Ended command(Consumer<ConnectorProcess> meanwhile, String... arguments) {
        return ConnectorProcess.command(folder, written(), List.of(arguments), meanwhile);
    }

    /** Runs a command to its end, within the tests: its exit code. */
    int commandWithinTests(String... arguments) {
        return WithinTests.exitCode(folder, written(), List.of(arguments));
    }

    /** Starts the connector within the tests, and waits until it is ready. */
    Connector startWithinTests() {
        return WithinTests.start(folder, written());
    }

    private Path written() {
        Path file = folder.resolve("settings.properties");
        try (OutputStream output = Files.newOutputStream(file)) {
            settings.store(output, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Where a process works. */
    Path folder() {
        return folder;
    }

    /** What its processes have written to their standard output and error. */
    Path log() {
        return log;
    }

    /** Opens the ledger; only while no process runs. */
    Ledger ledger() {
        return new Ledger(folder.resolve("data").resolve("ledger"));
    }
}
