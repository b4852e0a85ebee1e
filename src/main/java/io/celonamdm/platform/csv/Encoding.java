package io.celonamdm.platform.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out how a text file is encoded: what its byte order mark says, UTF-16, UTF-8, and otherwise Windows-1252. */
final class Encoding {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private Encoding() {}

    /**
     * The file's encoding.
     *
     * @throws UnreadableFile if it is a workbook or another archive
     */
    static Charset of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        int first = at(head, 0);
        int second = at(head, 1);
        if (first == 'P' && second == 'K' && at(head, 2) < ' ') {
            throw new UnreadableFile("it is a workbook or an archive; save it as CSV");
        }
        if ((first == 0xFF && second == 0xFE) || (first > 0 && second == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if ((first == 0xFE && second == 0xFF) || (first == 0 && second > 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return isUtf8(file) ? StandardCharsets.UTF_8 : WINDOWS;
    }

    /** A byte without its sign; -1 behind the end. */
    private static int at(byte[] head, int index) {
        return index < head.length ? head[index] & 0xFF : -1;
    }

    private static boolean isUtf8(Path file) throws IOException {
        // a decoder refuses what is malformed, a charset would replace it
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
            reader.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
