package io.celonamdm.process;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Json;
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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.springframework.util.FileSystemUtils;

/**
 * The class path of the processes, which is that of the product, and an archive of the classes that a start and a night
 * load. Both save a good part of each start.
 */
final class SharedClasses {
    private static final Path FOLDER = Path.of("target", "process").toAbsolutePath();
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path JAR = FOLDER.resolve("connector.jar");
    private static final Path ARCHIVE = FOLDER.resolve("connector.jsa");
    /** What is inside of the product, by the build; only a build that is not Maven's has no such list. */
    private static final Path INSIDE = CLASSES.resolve(Path.of("META-INF", "sbom", "application.cdx.json"));

    private static final String CLASS_PATH = classPath();
    private static final List<String> TRAINING =
            List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE, "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", CLASS_PATH);

    static {
        prepare();
    }

    private SharedClasses() {}

    /** The options for the JVM of the tests. */
    static List<String> options() {
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off", "-cp", CLASS_PATH);
    }

    /** The options for a JVM that cannot read the archive. */
    static List<String> optionsOfOthers() {
        return List.of("-cp", CLASS_PATH);
    }

    /**
     * The connector in a jar, since there is no archive of classes in a folder, and the libraries of the product. Those of
     * the tests would make each start slower, and add to what it does.
     */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Set<Path> inside = inside();
        return Stream.concat(
                        Stream.of(JAR.toString()),
                        Stream.of(tests.split(File.pathSeparator))
                                .filter(entry -> !Files.isDirectory(Path.of(entry)))
                                .filter(entry -> inside.isEmpty()
                                        || inside.stream()
                                                .anyMatch(Path.of(entry).resolveSibling("")::endsWith)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The folders of the product's libraries in a repository of Maven's. */
    private static Set<Path> inside() {
        if (!Files.exists(INSIDE)) {
            return Set.of();
        }
        try {
            return StreamSupport.stream(
                            Json.read(Files.readString(INSIDE))
                                    .path("components")
                                    .spliterator(),
                            false)
                    .map(library -> Path.of(
                            library.path("group").asText().replace('.', '/'),
                            library.path("name").asText(),
                            library.path("version").asText()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                if (!name.isEmpty()) {
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

    /** A night of two phones, for the classes of a start and of every step. */
    private static void train() throws IOException {
        Path folder = Files.createTempDirectory("training");
        try (Simulation simulation = Simulation.start(PhoneFleet.of(2, 1))) {
            Installation installation = new Installation(folder, "training").sync("training", simulation);
            try (ConnectorProcess process = installation.train(TRAINING)) {
                process.run("training");
                process.awaitClosed("training", Duration.ofMinutes(3));
                process.askToStop();
                process.awaitExit(Duration.ofMinutes(3));
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // without an archive every process still starts, in half as much time again
        if (!Files.exists(ARCHIVE)) {
            throw new IllegalStateException("no archive of classes: see target/process/training.log");
        }
    }
}
