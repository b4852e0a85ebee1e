package io.celonamdm.process;

import io.celonamdm.ConnectorApplication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The class path of the processes, and an archive of the classes that a start loads, which halves the work of each
 * start. Processes also start without it.
 */
final class SharedClasses {
    private static final Path FOLDER = Path.of("target", "process").toAbsolutePath();
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path JAR = FOLDER.resolve("connector.jar");
    private static final Path ARCHIVE = FOLDER.resolve("connector.jsa");
    private static final String CLASS_PATH = classPath();

    static {
        prepare();
    }

    private SharedClasses() {}

    /** The options for the JVM. */
    static List<String> options() {
        return List.of(
                "-XX:SharedArchiveFile=" + ARCHIVE,
                "-Xlog:cds=off",
                "-cp",
                // Camel finds route files in a folder, and in Spring Boot's own kind of jar, but in no other
                CLASS_PATH + File.pathSeparator + CLASSES.toAbsolutePath());
    }

    /** The tests' own class path, with the connector in a jar, since there is no archive of classes in a folder. */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.concat(
                        Stream.of(JAR.toString()),
                        Stream.of(tests.split(File.pathSeparator)).filter(entry -> !Files.isDirectory(Path.of(entry))))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Tests run in several processes at once, of which the first makes jar and archive for all. */
    private static void prepare() {
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel lock =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (isOutdated()) {
                    pack();
                    train();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOutdated() throws IOException {
        if (!Files.exists(JAR)) {
            return true;
        }
        FileTime packed = Files.getLastModifiedTime(JAR);
        try (Stream<Path> classes = Files.walk(CLASSES)) {
            return classes.anyMatch(file -> file.toFile().lastModified() > packed.toMillis());
        }
    }

    private static void pack() throws IOException {
        Path half = FOLDER.resolve("connector.half");
        try (OutputStream file = Files.newOutputStream(half);
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> classes = Files.walk(CLASSES)) {
            for (Path entry : classes.sorted().toList()) {
                String name = CLASSES.relativize(entry).toString().replace(File.separatorChar, '/');
                if (!name.isEmpty() && !name.startsWith("routes")) {
                    boolean folder = Files.isDirectory(entry);
                    jar.putNextEntry(new ZipEntry(folder ? name + "/" : name));
                    if (!folder) {
                        Files.copy(entry, jar);
                    }
                    jar.closeEntry();
                }
            }
        }
        Files.deleteIfExists(ARCHIVE);
        Files.move(half, JAR, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A start that ends once everything is made, on a database in memory. */
    private static void train() throws IOException, InterruptedException {
        Process training = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                        "-Dspring.context.exit=onRefresh",
                        "-cp",
                        CLASS_PATH,
                        ConnectorApplication.class.getName(),
                        "--spring.config.location=classpath:application.yaml",
                        "--ledger-of-a-test=true",
                        "--spring.datasource.url=jdbc:h2:mem:training",
                        "--server.port=0",
                        "--management.server.port=0")
                .directory(Files.createTempDirectory("training").toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("training.log").toFile())
                .start();
        if (!training.waitFor(3, TimeUnit.MINUTES)) {
            training.destroyForcibly();
        }
    }
}
