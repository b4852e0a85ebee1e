package io.celonamdm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.web.Client;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVStore;

/** The connector in a process of its own, in a folder that keeps its ledger and its log. */
final class Connector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Process process;
    private final Path log;
    private final Path ledger;
    private final Client actuator;
    private long largestLedger;

    private Connector(Process process, Path folder, Path log, int port) {
        this.process = process;
        this.log = log;
        ledger = folder.resolve("data/ledger.mv.db");
        actuator = new Client("http://127.0.0.1:" + port + "/actuator", "Authorization", Login.OPERATOR.header());
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts it and waits until it is ready. */
    static Connector start(Application application, Path folder, List<String> options, Map<String, String> settings) {
        try {
            FileUtils.copyDirectory(new File("routes"), folder.resolve("routes").toFile());
            int port = freePort();
            List<String> command = new ArrayList<>(application.command(Profile.options(folder, options)));
            command.add("--server.port=0");
            command.add("--management.server.port=" + port);
            Login.settings().forEach((key, value) -> command.add("--" + key + "=" + value));
            settings.forEach((key, value) -> command.add("--" + key + "=" + value));
            Path log = folder.resolve("connector.log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Connector connector = new Connector(process, folder, log, port);
            connector.await("readiness", connector::isReady);
            return connector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a sync to its end.
     *
     * @return when the run was closed
     */
    Instant night(String sync) {
        try {
            JsonNode opened = actuator.send("POST", "/syncs/" + sync, "application/json", "{\"action\":\"run\"}")
                    .json();
            long run = opened.path("openRun").asLong();
            // the log tells the end without a question to the ledger, which would be part of what is measured
            String end = "run %d of sync %s ended".formatted(run, sync);
            await("the end of run " + run, () -> Files.readString(log).contains(end));
            JsonNode closed = actuator.get("/runs/" + run).json();
            if (!closed.path("outcome").asText().equals("SUCCESS")) {
                throw new IllegalStateException(
                        "run %d ended otherwise than it should: %s, see %s".formatted(run, closed, keptLog()));
            }
            return Instant.parse(closed.path("closedAt").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest that the ledger's file has been while something was waited for, in KiB. */
    double largestLedger() {
        return largestLedger / 1024.0;
    }

    /** The processor time that the process has taken so far, without that of the machine's other processes. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** How many commits the ledger's file has seen that changed something; only while no process has it open. */
    long commits() {
        try (MVStore store =
                new MVStore.Builder().fileName(ledger.toString()).readOnly().open()) {
            return store.getCurrentVersion();
        }
    }

    /** Opens a run of a sync. */
    void run(String sync) {
        try {
            actuator.send("POST", "/syncs/" + sync, "application/json", "{\"action\":\"run\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this process has ended a run of the sync. */
    boolean hasEnded(String sync) {
        try {
            return Files.readString(log).contains(" of sync " + sync + " ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that the process has had resident so far, in MiB. */
    double mostMemory() {
        return memory("VmHWM");
    }

    /** The memory that the process has resident once it has had nothing to do for a while, in MiB. */
    double idleMemory(Duration idle) {
        Awaitility.await("idleness")
                .pollDelay(idle)
                .atMost(idle.multipliedBy(2))
                .until(() -> true);
        return memory("VmRSS");
    }

    private double memory(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .mapToDouble(kibibytes -> kibibytes / 1024.0)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of its log that the next run of the benchmarks does not delete with the folder. */
    private Path keptLog() throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "bench", "failed"))
                .resolve("%d-%d.log".formatted(process.pid(), System.currentTimeMillis()));
        return Files.copy(log, kept).toAbsolutePath();
    }

    private boolean isReady() {
        try {
            return actuator.get("/health/readiness").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(String what, Callable<Boolean> isThere) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the connector has ended, see " + keptLog());
                    }
                    largestLedger = Math.max(largestLedger, ledger.toFile().length());
                    return isThere.call();
                });
    }

    /** Stops it in good order. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
