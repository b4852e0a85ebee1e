package io.celonamdm.platform.csv;

import io.celonamdm.files.OwnersFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.util.Arrays;

/** Writes files atomically, readable by their owner alone: a reader sees the whole file or none. */
final class SafeFile {
    private static final int LONGEST_NAME = 80;

    private SafeFile() {}

    /** The content of a file. */
    @FunctionalInterface
    interface Content {
        /** Writes it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file if its content differs. Creates its folder, but not the parent.
     *
     * @return whether the file was written
     */
    static boolean write(Path file, Content content) throws IOException {
        Path folder = OwnersFiles.subfolder(file.toAbsolutePath().resolveSibling(""));
        Path written = folder.resolve("." + file.getFileName() + ".tmp");
        try {
            try (OutputStream out = OwnersFiles.newFile(written)) {
                content.writeTo(out);
            }
            if (Files.exists(file) && Files.mismatch(written, file) < 0) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** The same for bytes: an identical file is only read. */
    static void write(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(content, Files.readAllBytes(file))) {
            write(file, out -> out.write(content));
        }
    }

    /** A text as part of a portable file name: letters without accents, digits, dots, hyphens. */
    static String name(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[.-]+|-+$", "");
        String kept = plain.length() <= LONGEST_NAME ? plain : plain.substring(plain.length() - LONGEST_NAME);
        return kept.isEmpty() ? "unnamed" : kept;
    }
}
