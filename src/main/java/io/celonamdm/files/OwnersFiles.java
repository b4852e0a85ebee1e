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
 * Files and folders that only the user of this process can read, whatever its umask is. Where the file system has no such
 * permissions, they are as it makes them.
 */
public final class OwnersFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnersFiles() {}

    /** Makes a folder and those above it, as far as they are not there; one that is there stays as it is. */
    public static Path folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /**
     * Makes a folder below one that is there; one that is there stays as it is.
     *
     * @throws java.nio.file.NoSuchFileException if the one above it is gone, which somebody may have to mount again
     */
    public static Path subfolder(Path folder) throws IOException {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectory(folder, attributes(folder, FOLDER));
        } catch (FileAlreadyExistsException e) {
            return folder;
        }
    }

    /** An empty file to write to, in place of one that is there. */
    public static OutputStream newFile(Path file) throws IOException {
        Files.deleteIfExists(file);
        create(file);
        return Files.newOutputStream(file);
    }

    /** Makes an empty file if there is none. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            keep(file);
        }
    }

    /** Takes a file or folder that is there from everybody else. One of another owner stays as it is. */
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
            // of another owner, as the root of a mounted volume is, or gone meanwhile
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
