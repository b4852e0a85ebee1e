package io.celonamdm.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The lines of a text with any line ending, without bytes that do not belong in text. */
final class Lines implements Closeable {
    private static final int LONGEST = 1_000_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader text;
    private final Deque<Line> waiting = new ArrayDeque<>();
    private final char[] buffer = new char[8192];
    private int at;
    private int end;
    private long number;

    /**
     * A line.
     *
     * @param number the first of the text is 1
     * @param text without the line ending
     */
    record Line(long number, String text) {}

    Lines(Reader text) {
        this.text = text;
    }

    /** Pushes the line back: {@link #next()} returns it before lines that were pushed back earlier. */
    void giveBack(Line line) {
        waiting.push(line);
    }

    /** The next line; null at the end. */
    @Nullable
    Line next() throws IOException {
        if (!waiting.isEmpty()) {
            return waiting.pop();
        }
        StringBuilder line = new StringBuilder();
        boolean empty = true;
        number++;
        for (int c = read(); c >= 0; c = read()) {
            if (c == '\n' || c == '\r') {
                if (c == '\r' && peek() == '\n') {
                    at++;
                }
                return new Line(number, line.toString());
            }
            empty = false;
            if (c != 0 && c != BYTE_ORDER_MARK) {
                line.append((char) c);
            }
            if (line.length() > LONGEST) {
                throw new UnreadableFile(
                        "line %d is longer than %,d characters; export the file as CSV".formatted(number, LONGEST));
            }
        }
        return empty ? null : new Line(number, line.toString());
    }

    private int read() throws IOException {
        int c = peek();
        at++;
        return c;
    }

    private int peek() throws IOException {
        if (at >= end) {
            at = 0;
            end = Math.max(0, text.read(buffer));
        }
        return end == 0 ? -1 : buffer[at];
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
