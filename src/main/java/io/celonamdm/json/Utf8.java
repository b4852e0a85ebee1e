package io.celonamdm.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Converts text in any Unicode encoding to valid UTF-8. */
final class Utf8 {
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final int MARK = 3;

    private Utf8() {}

    static byte[] of(byte[] text) {
        if (at(text, 0) == 0xEF && at(text, 1) == 0xBB && at(text, 2) == 0xBF) {
            return valid(Arrays.copyOfRange(text, MARK, text.length));
        }
        Charset wide = wide(text);
        if (wide == null) {
            return valid(text);
        }
        String decoded = new String(text, wide);
        return valid((decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded).getBytes(StandardCharsets.UTF_8));
    }

    /** JSON begins with two ASCII characters, so the zero bytes reveal the width of a character (RFC 4627, 3). */
    private static @Nullable Charset wide(byte[] text) {
        int first = at(text, 0);
        int second = at(text, 1);
        boolean zeros = at(text, 2) == 0 && at(text, 3) == 0;
        if (first == 0xFF && second == 0xFE) {
            return zeros ? UTF_32LE : StandardCharsets.UTF_16LE;
        }
        if (first == 0xFE && second == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0 && second == 0) {
            return UTF_32BE;
        }
        if (first > 0 && second == 0) {
            return zeros ? UTF_32LE : StandardCharsets.UTF_16LE;
        }
        return first == 0 && second > 0 ? StandardCharsets.UTF_16BE : null;
    }

    private static byte[] valid(byte[] text) {
        boolean ascii = true;
        byte[] valid = text;
        for (int i = 0; i < text.length; i++) {
            if (text[i] < 0) {
                ascii = false;
            } else if (text[i] < ' ') {
                // a blank between texts, and illegal inside one
                valid = valid == text ? text.clone() : valid;
                valid[i] = ' ';
            }
        }
        return ascii || isUtf8(valid)
                ? valid
                : new String(valid, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int at(byte[] text, int index) {
        return index < text.length ? text[index] & 0xFF : -1;
    }
}
