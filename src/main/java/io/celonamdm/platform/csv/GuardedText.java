package io.celonamdm.platform.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text that is cut off where it turns out to be none, or where one row would fill the memory. */
final class GuardedText extends FilterReader {
    private static final int LONGEST_ROW = 1_000_000;

    private int sinceRow;

    GuardedText(Reader text) {
        super(text);
    }

    /** A row has ended. */
    void rowEnded() {
        sinceRow = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] == 0) {
                throw new UnreadableFile("it is not text; export it as CSV");
            }
        }
        sinceRow += Math.max(count, 0);
        if (sinceRow > LONGEST_ROW) {
            throw new UnreadableFile(
                    "a row is longer than %,d characters; a quote may not be closed".formatted(LONGEST_ROW));
        }
        return count;
    }
}
