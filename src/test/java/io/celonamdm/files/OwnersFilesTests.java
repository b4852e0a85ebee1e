package io.celonamdm.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersFilesTests {
    @TempDir
    Path temp = Path.of("");

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void foldersAndFilesThatAreMadeAreTheirOwnersAlone() throws IOException {
        Path folder = OwnersFiles.folder(temp.resolve("a/b"));
        Path file = folder.resolve("c");
        try (OutputStream out = OwnersFiles.newFile(file)) {
            out.write(1);
        }
        OwnersFiles.create(folder.resolve("d"));

        assertThat(permissions(temp.resolve("a"))).isEqualTo("rwx------");
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("d"))).isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsThereStaysAsItIsUnlessItIsToBeKept() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));

        OwnersFiles.folder(folder);
        assertThat(permissions(folder)).isEqualTo("rwxrwxr-x");

        OwnersFiles.keep(folder);
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void aFolderBelowOneThatIsGoneIsNotMade() throws IOException {
        assertThat(permissions(OwnersFiles.subfolder(temp.resolve("one")))).isEqualTo("rwx------");
        assertThat(OwnersFiles.subfolder(temp.resolve("one"))).isDirectory();

        assertThatThrownBy(() -> OwnersFiles.subfolder(temp.resolve("gone/one")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(temp.resolve("gone")).doesNotExist();
    }

    @Test
    void aFileIsReplacedByOneOfItsOwner() throws IOException {
        Path file = Files.writeString(temp.resolve("open"), "old and long");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (OutputStream out = OwnersFiles.newFile(file)) {
            out.write('x');
        }

        assertThat(file).hasContent("x");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }
}
