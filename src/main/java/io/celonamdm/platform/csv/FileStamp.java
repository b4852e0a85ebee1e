package io.celonamdm.platform.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * A file as it was at one moment.
 *
 * @param path the file
 * @param size its size in bytes
 * @param modified when it was written last
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

    /** Whether nobody has written to the file for a while. */
    boolean isSettled(Instant now, Duration settle) {
        return !Duration.between(modified, now).abs().minus(settle).isNegative();
    }

    /** Whether the file is still the one that was seen. */
    boolean isCurrent() throws IOException {
        return Files.exists(path) && isOf(path);
    }

    /** Whether the file at another place is the one that was seen. */
    boolean isOf(Path other) throws IOException {
        FileStamp there = of(other);
        return there.size == size && there.modified.equals(modified);
    }
}
