package io.celonamdm.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** The connector as it is installed: its jar extracted, with an archive of the classes that a start needs. */
final class Application {
    private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
    private static final String JAR = "connector.jar";
    private static final String CLASSES = "connector.jsa";

    private final Path folder;

    private Application(Path folder) {
        this.folder = folder;
    }

    /** Extracts the jar that the build has made, and has a first start fill the archive, as the Dockerfile does. */
    static Application install(Path folder) {
        Path extracted = folder.resolve("extracted");
        try {
            FileUtils.deleteDirectory(folder.toFile());
            Files.createDirectories(folder);
            Files.copy(built(), folder.resolve(JAR));
            run(folder, "-Djarmode=tools", "-jar", JAR, "extract", "--destination", extracted.toString());
            run(
                    extracted,
                    "-XX:ArchiveClassesAtExit=" + CLASSES,
                    "-Xlog:cds*=error",
                    "-XX:+UseSerialGC",
                    "-Dspring.context.exit=onRefresh",
                    "-Dspring.datasource.url=jdbc:h2:mem:training;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                    "-jar",
                    extracted.resolve(JAR).toString());
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

    private static void run(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IllegalStateException("exit code " + exit + " of " + command + ", see " + log);
        }
    }
}
