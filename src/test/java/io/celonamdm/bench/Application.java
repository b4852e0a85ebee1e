package io.celonamdm.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;

/** The connector as it is installed: its jar extracted, with an archive of the classes that a start needs. */
final class Application {
    private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
    private static final String JAR = "connector.jar";
    private static final String CLASSES = "connector.jsa";

    private final Path folder;

    private Application(Path folder) {
        this.folder = folder;
    }

    /** Extracts the jar that the build has made, and has a first start, up to readiness, fill the archive. */
    static Application install(Path folder) {
        Path extracted = folder.resolve("extracted");
        Path log = folder.resolve("install.log");
        try {
            FileUtils.copyDirectory(new File("routes"), folder.resolve("routes").toFile());
            Files.copy(built(), folder.resolve(JAR));
            Process extraction = start(
                    folder, log, "-Djarmode=tools", "-jar", JAR, "extract", "--destination", extracted.toString());
            if (extraction.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the jar cannot be extracted, see " + log);
            }
            Process training = start(
                    folder,
                    log,
                    "-XX:ArchiveClassesAtExit=" + extracted.resolve(CLASSES),
                    "-Xlog:cds*=error",
                    "-XX:+UseSerialGC",
                    "-jar",
                    extracted.resolve(JAR).toString(),
                    "--server.port=0",
                    "--management.server.port=0");
            Awaitility.await("the first start")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> Files.readString(log).contains("Started ConnectorApplication"));
            training.destroy();
            training.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Application(extracted);
    }

    /** The command that starts it, with options for the JVM. */
    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:SharedArchiveFile=" + folder.resolve(CLASSES)));
        command.addAll(options);
        command.addAll(List.of("-jar", folder.resolve(JAR).toString()));
        return command;
    }

    private static Path built() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("celona-mdm-connector-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar in target/; package it first"));
        }
    }

    private static Process start(Path folder, Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
