package io.celonamdm.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The connector's routes, of which one waits between two tries of a pull: here it does not. */
final class StoryRoutes {
    private StoryRoutes() {}

    /** Where they are. */
    static Path copied() {
        Path folder = Path.of("target/story-routes", System.getProperty("surefire.forkNumber", "1"))
                .toAbsolutePath();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(Path.of("routes").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        Files.readString(file)
                                .replace("redeliveryDelay: \"500\"", "redeliveryDelay: \"1\"")
                                .replace("maximumRedeliveryDelay: \"10000\"", "maximumRedeliveryDelay: \"1\""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
