package io.celonamdm.platform.csv;

import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.files.OwnersFiles;
import io.celonamdm.settings.CsvSettings.ColumnSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that were taken. As long as the result of one may change, a hidden file beside it says so; it is there before
 * the file is, so that a crash at any moment leaves no file without its result.
 */
final class DoneFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DoneFiles.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String MARK = ".open";

    /** A row that has not ended so long after the time in which a device is waited for is looked up elsewhere. */
    private static final Duration FOLLOWED = Duration.ofDays(30);

    private final Inbox inbox;
    private final Instant now;
    private final Duration followed;

    /**
     * @param waits how long a device is waited for after its activation
     */
    DoneFiles(Inbox inbox, Instant now, Duration waits) {
        this.inbox = inbox;
        this.now = now;
        this.followed = FOLLOWED.plus(waits);
    }

    /** Moves a file that was taken; one that has changed meanwhile stays and is taken again. */
    void take(FileStamp stamp) throws IOException {
        if (!stamp.isCurrent()) {
            LOG.warn("{} changed while it was read, and is taken again by the next run", stamp.name());
            return;
        }
        Path done = free(inbox.done(), stamp);
        Path mark = done.resolveSibling("." + done.getFileName() + MARK);
        OwnersFiles.create(mark);
        if (!putAway(stamp, done)) {
            Files.delete(mark);
        }
    }

    /** Moves a file that cannot be taken, and says why. */
    void refuse(FileStamp stamp, String reason) throws IOException {
        if (stamp.isCurrent()) {
            Path refused = free(inbox.rejected(), stamp);
            ResultFile.refuse(refused, reason);
            if (!putAway(stamp, refused)) {
                Files.delete(ResultFile.beside(refused));
            }
        }
    }

    /**
     * Moves a file. What somebody has put in its place between the last look and the move goes back, and is read by the next
     * run.
     *
     * @return whether the file was moved that was seen
     */
    static boolean putAway(FileStamp seen, Path to) throws IOException {
        Files.move(seen.path(), to, StandardCopyOption.ATOMIC_MOVE);
        if (seen.isOf(to)) {
            return true;
        }
        LOG.warn("{} was replaced while it was put away, and is taken by the next run", seen.name());
        Files.move(to, seen.path());
        return false;
    }

    /** Writes the results that may have changed. */
    void refresh(ResultFile result, ColumnSettings columns) throws IOException {
        if (!Files.isDirectory(inbox.done())) {
            return;
        }
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(inbox.done(), ".*" + MARK)) {
            for (Path mark : marks) {
                if (isOver(mark, result, columns)) {
                    Files.deleteIfExists(mark);
                }
            }
        }
    }

    private boolean isOver(Path mark, ResultFile result, ColumnSettings columns) throws IOException {
        String name = String.valueOf(mark.getFileName());
        Path file = mark.resolveSibling(name.substring(1, name.length() - MARK.length()));
        if (!Files.exists(file)) {
            return true;
        }
        try {
            boolean ended = result.write(CsvFile.examine(FileStamp.of(file), columns));
            return ended || FileStamp.of(mark).modified().plus(followed).isBefore(now);
        } catch (UnreadableFile e) {
            LOG.warn("the result of {} is not written any more: {}", file, e.getMessage());
            return true;
        }
    }

    /** A name that no earlier file has. */
    private Path free(Path folder, FileStamp stamp) throws IOException {
        OwnersFiles.subfolder(folder);
        String name = TIME.format(now) + "-" + SafeFile.name(stamp.name());
        Path free = folder.resolve(name);
        for (int number = 2; Files.exists(free); number++) {
            free = folder.resolve(TIME.format(now) + "-" + number + "-" + SafeFile.name(stamp.name()));
        }
        return free;
    }
}
