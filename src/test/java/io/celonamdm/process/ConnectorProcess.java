package io.celonamdm.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.ConnectorApplication;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The connector in its own JVM. */
final class ConnectorProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final int TAIL = 60;

    /** Each JVM of the tests begins elsewhere. */
    private static final AtomicInteger PORTS =
            new AtomicInteger((int) (ProcessHandle.current().pid() % 200) * 100);

    private final Process process;
    private final Path log;
    private final String address;
    private final Client actuator;

    private ConnectorProcess(Process process, int port, Path log) {
        this.process = process;
        this.log = log;
        address = "127.0.0.1:" + port + "/actuator";
        actuator = new Client("http://" + address, "Authorization", Login.OPERATOR.header());
        // not even a test run that is broken off leaves a process behind
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts a process that works in a folder, with further options for its JVM; its output is added to the log. */
    static ConnectorProcess start(Path folder, Path settings, Path log, List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.addAll(SharedClasses.options());
        return start(commandLine(settings, all), folder, log);
    }

    /** The same with its own class path. */
    static ConnectorProcess train(Path folder, Path settings, Path log, List<String> options) {
        return start(commandLine(settings, options), folder, log);
    }

    /** The same by another Java than that of the tests. */
    static ConnectorProcess start(Path java, Path folder, Path settings, Path log) {
        List<String> command = commandLine(settings, SharedClasses.options());
        command.set(0, java.toString());
        return start(command, folder, log);
    }

    private static ConnectorProcess start(List<String> command, Path folder, Path log) {
        int port = freePort();
        command.addAll(List.of("--server.port=0", "--management.server.port=" + port));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ConnectorProcess(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended, and what it said. */
    record Ended(int exitCode, String out, String err) {}

    /** Runs a command to its end. */
    static Ended command(Path folder, Path settings, List<String> arguments) {
        return command(folder, settings, arguments, process -> {});
    }

    /** Runs a command to its end; something happens to it meanwhile. */
    static Ended command(Path folder, Path settings, List<String> arguments, Consumer<ConnectorProcess> meanwhile) {
        List<String> command = commandLine(settings, SharedClasses.options());
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(folder, "command", ".out");
            Path err = Files.createTempFile(folder, "command", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            ConnectorProcess ending = new ConnectorProcess(process, 0, err);
            meanwhile.accept(ending);
            int exitCode = ending.awaitExit(START);
            return new Ended(exitCode, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> commandLine(Path settings, List<String> options) {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        // quick to start rather than quick later; tests start it often
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Xmn96m"));
        command.addAll(options);
        command.addAll(List.of(
                ConnectorApplication.class.getName(),
                "--spring.config.location=classpath:application.yaml,file:" + settings));
        Login.settings().forEach((key, value) -> command.add("--" + key + "=" + value));
        command.add("--connector.http.requests-per-second=100000");
        return command;
    }

    /** Waits until the process says that it is ready. */
    void awaitReady() {
        await("readiness", START, () -> !process.isAlive() || isReady(), Boolean::booleanValue);
        if (!process.isAlive()) {
            throw new AssertionError("the connector ended with exit code " + process.exitValue() + tail());
        }
    }

    /** Whether the process answers that it is ready. */
    boolean isReady() {
        try {
            return actuator.get("/health/readiness").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks for a run: the HTTP status. */
    int run(String sync) {
        return post("/syncs/" + sync, "{\"action\":\"run\"}").status();
    }

    /** Sends JSON to an endpoint. */
    Reply post(String path, String json) {
        try {
            return actuator.send("POST", path, "application/json", json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host, port and path of its endpoints. */
    String address() {
        return address;
    }

    /** What an endpoint answers, whatever that is. */
    Reply ask(String path) {
        try {
            return actuator.get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sync at a glance. */
    JsonNode sync(String name) {
        return get("/syncs/" + name);
    }

    /** The runs of a sync, the latest first. */
    JsonNode runs(String sync) {
        return get("/runs?limit=500&sync=" + sync);
    }

    /** What an endpoint shows. */
    JsonNode get(String path) {
        Reply reply = ask(path);
        if (reply.status() != 200) {
            throw new AssertionError(path + " answered " + reply.status() + tail());
        }
        return reply.json();
    }

    /** Waits until no run of a sync is open. */
    void awaitClosed(String sync, Duration patience) {
        await("the end of the run", patience, () -> sync(sync), view -> !view.hasNonNull("openRun"));
    }

    /** The same, and waits for phones that are heard of later, which keep no run open. */
    void awaitEveryPhone(String sync, Duration patience) {
        awaitClosed(sync, patience);
        await(
                "every phone heard of",
                patience,
                () -> sync(sync).path("devices"),
                devices -> !devices.has("WAITING") && !devices.has("IN_FLIGHT"));
    }

    /** Waits for something; if it does not come, the end of the log says what came instead. */
    <T> T await(String what, Duration patience, Callable<T> look, Predicate<T> found) {
        try {
            return Awaitility.await(what)
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(250))
                    .until(look, found);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + tail(), e);
        }
    }

    /** Lets the process live for a while, whether it is ready or not; it must not end by itself. */
    void live(Duration time) {
        try {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the connector ended with exit code " + process.exitValue() + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process without any warning, as a power cut would, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Has the process stand still, as a virtual machine that is moved does. */
    void pause() {
        signal("STOP");
    }

    /** What it has written to its log, which for a command is standard error. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a paused process go on. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks the process to end, without waiting for it. */
    void askToStop() {
        process.destroy();
    }

    /**
     * Waits until the process is gone.
     *
     * @return its exit code
     */
    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the connector still runs after " + patience + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process in good order. */
    void stop() {
        askToStop();
        awaitExit(Duration.ofSeconds(25));
    }

    /** The end of what the process has said, for the message of an assertion. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.stream()
                    .skip(Math.max(0, lines.size() - TAIL))
                    .collect(Collectors.joining("\n", "\n--- " + log + " ends with:\n", "\n---"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** One below those that the system hands out, so that no other process is given it before this one has started. */
    private static int freePort() {
        while (true) {
            int port = 10_000 + PORTS.getAndIncrement() % 20_000;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
