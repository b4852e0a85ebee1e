package io.celonamdm.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Detects the encoding of a text file: by its byte order mark, else UTF-16, UTF-8 or Windows-1252. */
public final class Encoding {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final int HEAD = 4;

    private Encoding() {}

    /**
     * Opens a file as text.
     *
     * @throws UnreadableFile if it is a workbook or another archive
     */
    public static Reader open(Path file) throws IOException {
        return new InputStreamReader(Files.newInputStream(file), of(file));
    }

    /** Opens a stream as text, as UTF-8 unless it shows another encoding. */
    public static Reader open(InputStream bytes) throws IOException {
        PushbackInputStream in = new PushbackInputStream(bytes, HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.unread(head);
        Charset wide = wide(head);
        return new InputStreamReader(in, wide == null ? StandardCharsets.UTF_8 : wide);
    }

    private static Charset of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (at(head, 0) == 'P' && at(head, 1) == 'K' && at(head, 2) < ' ') {
            throw new UnreadableFile("it is a workbook or an archive; save it as CSV");
        }
        Charset wide = wide(head);
        if (wide != null) {
            return wide;
        }
        return isUtf8(file) ? StandardCharsets.UTF_8 : WINDOWS;
    }

    /** UTF-16 of either byte order, by its mark or by the zeros in its first characters. */
    private static @Nullable Charset wide(byte[] head) {
        int first = at(head, 0);
        int second = at(head, 1);
        if ((first == 0xFF && second == 0xFE) || (first > 0 && second == 0 && at(head, 2) > 0 && at(head, 3) <= 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if ((first == 0xFE && second == 0xFF) || (first == 0 && second > 0 && at(head, 2) <= 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    /** An unsigned byte; -1 beyond the end. */
    private static int at(byte[] head, int index) {
        return index < head.length ? head[index] & 0xFF : -1;
    }

    private static boolean isUtf8(Path file) throws IOException {
        // a decoder rejects malformed input, a charset would replace it
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
            reader.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
