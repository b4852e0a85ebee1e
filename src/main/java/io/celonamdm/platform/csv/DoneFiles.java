package io.celonamdm.platform.csv;

import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.files.OwnersFiles;
import io.celonamdm.settings.mdm.CsvSettings.ColumnSettings;
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
 * The archived files. While the result of one may change, a hidden file beside it says so; it is written before the
 * file is moved, so a crash at any moment leaves no file without its result.
 */
final class DoneFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DoneFiles.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String MARK = ".open";

    /** This long after the wait for a device, the result no longer updates its row. */
    private static final Duration FOLLOWED = Duration.ofDays(30);

    private final Inbox inbox;
    private final Instant now;
    private final Duration followed;

    /** @param waits how long a device may wait after its activation */
    DoneFiles(Inbox inbox, Instant now, Duration waits) {
        this.inbox = inbox;
        this.now = now;
        this.followed = FOLLOWED.plus(waits);
    }

    /** Moves a file that was read; one that changed in between stays and is read again. */
    void take(FileStamp stamp) throws IOException {
        if (!stamp.isCurrent()) {
            LOG.warn("{} changed while it was read; the next run reads it again", stamp.name());
            return;
        }
        Path done = free(inbox.done(), stamp);
        Path mark = done.resolveSibling("." + done.getFileName() + MARK);
        OwnersFiles.create(mark);
        if (!putAway(stamp, done)) {
            Files.delete(mark);
        }
    }

    /** Moves a rejected file, and records the reason. */
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
     * Moves a file. A replacement that appeared between the last check and the move goes back, and the next run reads
     * it.
     *
     * @return whether the moved file is the one that was read
     */
    static boolean putAway(FileStamp seen, Path to) throws IOException {
        Files.move(seen.path(), to, StandardCopyOption.ATOMIC_MOVE);
        if (seen.isOf(to)) {
            return true;
        }
        LOG.warn("{} was replaced while it was archived; the next run reads the new file", seen.name());
        Files.move(to, seen.path());
        return false;
    }

    /**
     * Updates the results that may have changed.
     *
     * @throws IOException if one of them could not be written, as it is open in a program; the others were
     */
    void refresh(ResultFile result, ColumnSettings columns) throws IOException {
        if (!Files.isDirectory(inbox.done())) {
            return;
        }
        OneByOne results = new OneByOne();
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(inbox.done(), ".*" + MARK)) {
            for (Path mark : marks) {
                results.write(() -> {
                    if (isOver(mark, result, columns)) {
                        Files.deleteIfExists(mark);
                    }
                });
            }
        }
        results.end();
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
            LOG.warn("the result of {} is no longer written: {}", file, e.getMessage());
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
