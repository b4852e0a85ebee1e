package io.celonamdm.csv;

import io.celonamdm.csv.Lines.Line;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, one at a time. Empty lines and repeated headers are skipped. A malformed row does not affect the
 * others: it has a {@link Row#fault}.
 */
public final class Rows implements Iterator<Row>, Closeable {
    private static final String SEPARATORS = ",;\t|";
    /** How Excel names the separator before the header. */
    private static final Pattern HINT = Pattern.compile("\"?sep=(.)\"?\\1*\\s*", Pattern.CASE_INSENSITIVE);
    /** From this number on, a majority of faulty rows means that the file is something else. */
    private static final int FEW = 5;

    /** The most lines of a cell. */
    private static final int MOST_LINES = 50;
    /**
     * A device's row contains an EID. A line with one, and with all cells of a row, is a row, even after an open quote.
     */
    private static final Pattern OWN_ROW = Pattern.compile("\\d{32}|^\"?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-");

    private final Lines lines;
    private final CellReader cells;
    private final List<String> header;
    private @Nullable Row next;
    private long rows;
    private long faulty;
    private @Nullable Row firstFault;

    /**
     * Reads the header.
     *
     * @throws UnreadableFile if there is none
     */
    public Rows(Reader text) throws IOException {
        lines = new Lines(text);
        Line first = filled();
        Matcher hint = HINT.matcher(first.text());
        boolean hinted = hint.matches();
        Line head = hinted ? filled() : first;
        cells = new CellReader(hinted ? hint.group(1).charAt(0) : separator(head.text()));
        List<String> names = new ArrayList<>(read(head, 0).cells());
        while (names.size() > 1 && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        header = List.copyOf(names);
        advance();
    }

    private Line filled() throws IOException {
        Line line = lines.next();
        while (line != null && line.text().isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            throw new UnreadableFile("nothing is in it");
        }
        return line;
    }

    /** The names of the columns. */
    public List<String> header() {
        return header;
    }

    /** The separator of the cells. */
    public char separator() {
        return cells.separator();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** @throws UncheckedIOException if the file becomes unreadable, or turns out to be something else */
    @Override
    public Row next() {
        Row row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        try {
            advance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row;
    }

    private void advance() throws IOException {
        next = null;
        Line line = lines.next();
        while (line != null && next == null) {
            Row row = line.text().isBlank() ? null : read(line, header.size());
            if (row != null && !row.isEmpty() && !row.cells().equals(header)) {
                next = row;
            } else {
                line = lines.next();
            }
        }
        if (next == null) {
            end();
            return;
        }
        rows++;
        if (next.fault() != null) {
            faulty++;
            firstFault = firstFault == null ? next : firstFault;
        }
    }

    private void end() throws UnreadableFile {
        if (firstFault != null && faulty >= FEW && 2 * faulty > rows) {
            throw new UnreadableFile("%d of its %d rows are not like its header, the first on line %d: %s"
                    .formatted(faulty, rows, firstFault.line(), firstFault.fault()));
        }
    }

    private Row read(Line line, int width) throws IOException {
        List<String> read = cells.read(line.text());
        if (read == null) {
            read = joined(line, width);
        }
        String fault = null;
        if (read == null) {
            read = cells.literal(line.text());
            fault = "a quote on line %d is not closed".formatted(line.number());
        } else if (width > 0
                && read.size() > width
                && read.subList(width, read.size()).stream().anyMatch(cell -> !cell.isEmpty())) {
            fault = "line %d has %d cells, and the header %d".formatted(line.number(), read.size(), width);
        }
        return new Row(line.number(), read, fault);
    }

    /** A row with a cell of several lines; null if no such row begins here. */
    private @Nullable List<String> joined(Line first, int width) throws IOException {
        StringBuilder text = new StringBuilder(first.text());
        List<Line> taken = new ArrayList<>();
        while (taken.size() < MOST_LINES) {
            Line line = lines.next();
            if (line == null) {
                break;
            }
            taken.add(line);
            if (OWN_ROW.matcher(line.text()).find()
                    && cells.literal(line.text()).size() >= width) {
                break;
            }
            text.append('\n').append(line.text());
            List<String> row = line.text().indexOf('"') < 0 ? null : cells.strict(text.toString());
            if (row != null && (width == 0 || row.size() == width)) {
                return row;
            }
        }
        for (int i = taken.size() - 1; i >= 0; i--) {
            lines.giveBack(taken.get(i));
        }
        return null;
    }

    /** The most frequent separator in the header, outside of quotes. */
    private static char separator(String header) {
        String bare = header.replaceAll("\"[^\"]*\"", "");
        char best = SEPARATORS.charAt(0);
        for (int i = 1; i < SEPARATORS.length(); i++) {
            char candidate = SEPARATORS.charAt(i);
            if (count(bare, candidate) > count(bare, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(each -> each == wanted).count();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
