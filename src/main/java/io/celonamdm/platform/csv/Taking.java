package io.celonamdm.platform.csv;

import io.celonamdm.csv.Row;
import io.celonamdm.csv.Rows;
import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pull that reads files, page by page; what it has read is put away once the ledger has planned from it. */
public final class Taking implements Closeable {
    private final List<CsvFile> files;
    private final Map<FileStamp, String> refused;
    private final boolean full;
    private final int pageSize;
    private int file = -1;
    private @Nullable Rows rows;
    private @Nullable RowReader reader;
    private boolean open = true;

    /**
     * A pull that has read nothing yet.
     *
     * @param files the files in the order in which they are read
     * @param refused the files that cannot be taken, with the reason
     * @param full whether the files are all of the inventory
     * @param pageSize how many rows are read at once
     */
    Taking(List<CsvFile> files, Map<FileStamp, String> refused, boolean full, int pageSize) {
        this.files = List.copyOf(files);
        this.refused = Map.copyOf(refused);
        this.full = full;
        this.pageSize = pageSize;
    }

    /** Whether there may be more to read. */
    public boolean isOpen() {
        return open;
    }

    /** Whether what was read is all of the inventory. */
    public boolean isFull() {
        return full;
    }

    List<CsvFile> files() {
        return files;
    }

    Map<FileStamp, String> refused() {
        return refused;
    }

    /**
     * The next devices; the first page begins with the files that were refused, so that the run counts them.
     *
     * @throws KnownFailure if a file changes while it is read
     */
    InventoryPage page() throws IOException {
        List<MdmDevice> page = new ArrayList<>();
        List<BrokenRecord> broken = new ArrayList<>();
        if (file < 0) {
            refused.keySet().forEach(each -> page.add(unreadable(each)));
            nextFile();
        }
        while (open && page.size() + broken.size() < pageSize) {
            Rows current = rows;
            if (current == null || reader == null) {
                open = false;
            } else if (current.hasNext()) {
                RowReader reading = reader;
                Row row = current.next();
                Optional<BrokenRecord> unsound = reading.broken(row);
                unsound.ifPresentOrElse(broken::add, () -> page.add(reading.device(row)));
            } else {
                nextFile();
            }
        }
        return new InventoryPage(page, broken);
    }

    private void nextFile() throws IOException {
        if (rows != null) {
            requireUnchanged(file);
        }
        int next = file + 1;
        boolean isLast = next >= files.size();
        if (!isLast) {
            requireUnchanged(next);
        }
        close();
        file = next;
        if (!isLast) {
            rows = files.get(next).rows();
            reader = new RowReader(files.get(next));
        }
    }

    /** A file is read by the columns that it had when it was examined, and is complete only if it is still the same. */
    private void requireUnchanged(int which) throws IOException {
        FileStamp stamp = files.get(which).stamp();
        if (!stamp.isCurrent()) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.TRANSIENT,
                    ReasonCode.FILE_UNREADABLE,
                    "%s changed while it was read; the pull is repeated".formatted(stamp.name()),
                    null));
        }
    }

    private static MdmDevice unreadable(FileStamp stamp) {
        return MdmDevice.builder(stamp.name())
                .excluded(ReasonCode.FILE_UNREADABLE)
                .build();
    }

    @Override
    public void close() throws IOException {
        Rows current = rows;
        rows = null;
        reader = null;
        if (current != null) {
            current.close();
        }
    }
}
