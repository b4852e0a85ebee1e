package io.celonamdm.platform.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder for an administrator's exports, and the connector's folders beside them. */
final class Inbox {
    /** Names that browsers, copy tools and editors give incomplete files. */
    private static final Pattern UNFINISHED = Pattern.compile(
            "[.~].*|.*(~|\\.(te?mp|part|partial|filepart|crdownload|opdownload|download|upload|uploading"
                    + "|incomplete|inprogress|writing|swp|swo|lock|lck|aria2|!ut|bak|sync|icloud)[\\d-]*)");

    /** Files that desktops leave in each opened folder. */
    private static final Pattern DESKTOP = Pattern.compile(
            "(desktop|folder)\\.ini|(eh)?thumbs(_vista)?\\.db|icon\r|autorun\\.inf|.*\\.(lnk|url|webloc|desktop)");

    private final Path folder;
    private final @Nullable Path only;

    private Inbox(Path folder, @Nullable Path only) {
        this.folder = folder;
        this.only = only;
    }

    /**
     * The folder that {@code mdm.folder} names, or that contains the file that it names.
     *
     * @throws UnusableSetting if the folder is missing, or not writable
     */
    static Inbox of(String setting) throws UnusableSetting {
        Path path;
        try {
            path = Path.of(setting).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UnusableSetting("mdm.folder = %s is no path: %s".formatted(setting, e.getMessage()));
        }
        Path parent = path.getParent();
        boolean isFile = Files.isRegularFile(path)
                || (!Files.exists(path) && String.valueOf(path.getFileName()).contains("."));
        Inbox inbox = isFile && parent != null ? new Inbox(parent, path) : new Inbox(path, null);
        if (!Files.isDirectory(inbox.folder)) {
            throw new UnusableSetting(
                    "mdm.folder = %s: the folder %s does not exist; create it, mount it, or correct the setting"
                            .formatted(setting, inbox.folder));
        }
        if (!Files.isReadable(inbox.folder) || !Files.isWritable(inbox.folder)) {
            throw new UnusableSetting(
                    "mdm.folder = %s: the connector may not read and write the folder %s; give its user the right to"
                            .formatted(setting, inbox.folder));
        }
        return inbox;
    }

    /** The waiting files, the oldest first, without files whose name marks them as incomplete. */
    List<FileStamp> waiting() throws IOException {
        List<FileStamp> waiting = new ArrayList<>();
        try (Stream<Path> all = only == null ? Files.list(folder) : Stream.of(only)) {
            for (Path file : all.toList()) {
                String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
                if (Files.isRegularFile(file) && isExport(name)) {
                    waiting.add(FileStamp.of(file));
                }
            }
        }
        waiting.sort(Comparator.comparing(FileStamp::modified).thenComparing(FileStamp::path));
        return waiting;
    }

    private static boolean isExport(String name) {
        return !UNFINISHED.matcher(name).matches() && !DESKTOP.matcher(name).matches();
    }

    /** The folder of archived files, with their results. */
    Path done() {
        return folder.resolve("done");
    }

    /** The folder of rejected files. */
    Path rejected() {
        return folder.resolve("rejected");
    }

    /** The folder of order files for another MDM. */
    Path push() {
        return folder.resolve("push");
    }

    /** The folder of QR codes. */
    Path qr() {
        return folder.resolve("qr");
    }
}
