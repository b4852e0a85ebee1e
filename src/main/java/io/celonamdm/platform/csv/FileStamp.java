package io.celonamdm.platform.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * The state of a file at one moment.
 *
 * @param path the file
 * @param size its size in bytes
 * @param modified its last modification
 */
record FileStamp(Path path, long size, Instant modified) {
    static FileStamp of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new FileStamp(
                path, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    /** The file's name. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Whether the file has not changed for a while. */
    boolean isSettled(Instant now, Duration settle) {
        return !Duration.between(modified, now).abs().minus(settle).isNegative();
    }

    /** Whether the file is unchanged. */
    boolean isCurrent() throws IOException {
        return Files.exists(path) && isOf(path);
    }

    /** Whether the file at another path is this one. */
    boolean isOf(Path other) throws IOException {
        FileStamp there = of(other);
        return there.size == size && there.modified.equals(modified);
    }
}
