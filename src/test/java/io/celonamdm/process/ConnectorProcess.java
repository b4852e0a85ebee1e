package io.celonamdm.process;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.login.Login;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The connector in its own JVM. */
final class ConnectorProcess extends Connector {
    static final Duration START = Duration.ofMinutes(3);
    private static final int TAIL = 60;
    private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

    /** Each JVM of the tests begins elsewhere. */
    private static final AtomicInteger PORTS =
            new AtomicInteger((int) (ProcessHandle.current().pid() % 200) * 100);

    private final Process process;
    private final Path log;

    private ConnectorProcess(Process process, int port, Path log) {
        super(port);
        this.process = process;
        this.log = log;
        // not even a test run that is broken off leaves a process behind
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts a process that works in a folder, with further options for its JVM; its output is added to the log. */
    static ConnectorProcess start(Path folder, Path settings, Path log, List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.addAll(SharedClasses.options());
        return start(JAVA, folder, settings, log, all);
    }

    /** The same with its own class path. */
    static ConnectorProcess train(Path folder, Path settings, Path log, List<String> options) {
        return start(JAVA, folder, settings, log, options);
    }

    /** The same by another Java than that of the tests. */
    static ConnectorProcess start(Path java, Path folder, Path settings, Path log) {
        return start(java.toString(), folder, settings, log, SharedClasses.optionsOfOthers());
    }

    private static ConnectorProcess start(String java, Path folder, Path settings, Path log, List<String> options) {
        int port = freePort();
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-Dserver.port=0", "-Dmanagement.server.port=" + port));
        try {
            Process process = new ProcessBuilder(commandLine(java, settings, all))
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
        List<String> command = commandLine(JAVA, settings, SharedClasses.options());
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

    private static List<String> commandLine(String java, Path settings, List<String> options) {
        // quick to start rather than quick later; tests start it often
        List<String> command =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Xmn96m"));
        command.addAll(options);
        // settings among the arguments are compared with all that there are, which takes a moment of each start
        command.add("-Dspring.config.location=classpath:application.yaml,file:" + settings);
        Login.settings().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dconnector.http.requests-per-second=100000");
        command.add(ConnectorApplication.class.getName());
        return command;
    }

    /** Waits until the process says that it is ready. */
    void awaitReady() {
        await("readiness", START, () -> !process.isAlive() || isReady(), Boolean::booleanValue);
        if (!process.isAlive()) {
            throw new AssertionError("the connector ended with exit code " + process.exitValue() + tail());
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

    @Override
    void stop() {
        askToStop();
        awaitExit(Duration.ofSeconds(25));
    }

    @Override
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
