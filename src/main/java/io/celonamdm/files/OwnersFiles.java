package io.celonamdm.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and folders that only the user of this process can read, whatever the umask. On file systems without
 * such permissions, the defaults apply.
 */
public final class OwnersFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnersFiles() {}

    /** Creates a folder and its missing parents; existing folders stay unchanged. */
    public static Path folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /**
     * Creates a folder in an existing one; an existing folder stays unchanged.
     *
     * @throws java.nio.file.NoSuchFileException if the parent is gone, which somebody may have to mount again
     */
    public static Path subfolder(Path folder) throws IOException {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectory(folder, attributes(folder, FOLDER));
        } catch (FileAlreadyExistsException e) {
            return folder;
        }
    }

    /** Creates an empty file, replacing an existing one. */
    public static OutputStream newFile(Path file) throws IOException {
        Files.deleteIfExists(file);
        create(file);
        return Files.newOutputStream(file);
    }

    /** Creates an empty file if it is missing. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            keep(file);
        }
    }

    /** Restricts an existing file or folder to its owner. One of another owner stays unchanged. */
    public static void keep(Path path) throws IOException {
        if (!isPosix(path) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? FOLDER : FILE;
        try {
            if (!wanted.containsAll(Files.getPosixFilePermissions(path))) {
                Files.setPosixFilePermissions(path, wanted);
            }
        } catch (FileSystemException e) {
            // of another owner, like the root of a mounted volume, or deleted in between
            return;
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
