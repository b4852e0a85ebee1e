package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A sync's inventory at the start of a pull, and which of its records the pull has shown again. An MDM returns records
 * in its own order, so each lookup would hit another part of an index too large for any cache. Here, they are read once
 * in index order, and kept in 32 bytes each.
 */
final class KnownRecords {
    private static final int HALF = 16;

    private final BitSet present = new BitSet();
    private final BitSet shown = new BitSet();
    private final BitSet kept = new BitSet();
    private long[] leading = new long[HALF];
    private long[] trailing = new long[HALF];
    private long[] fingerprints = new long[HALF];
    private long[] ids = new long[HALF];
    private int size;

    private record Row(Eid eid, String fingerprint, long id, boolean present) {}

    /** Reads the inventory of a sync. */
    static KnownRecords read(JdbcClient jdbc, SyncName sync) {
        KnownRecords known = new KnownRecords();
        Keyset.rows("", after -> rows(jdbc, sync, after), last -> last.eid.value())
                .forEach(row -> known.add(row.eid, row.fingerprint, row.id, row.present));
        return known;
    }

    private static List<Row> rows(JdbcClient jdbc, SyncName sync, String after) {
        return jdbc.sql("select eid, fingerprint, id, present from inventory where sync = :sync and eid > :after"
                        + " order by sync, eid, present, fingerprint, id fetch first :limit rows only")
                .param("sync", sync.value())
                .param("after", after)
                .param("limit", Chunks.SIZE)
                // by column number: a name would be looked up for each row
                .query((row, number) ->
                        new Row(new Eid(row.getString(1)), row.getString(2), row.getLong(3), row.getBoolean(4)))
                .list();
    }

    /**
     * Adds a record. Records must come ordered by EID.
     *
     * @param eid the eSIM chip
     * @param fingerprint hexadecimal digits; the first sixteen reveal a change
     * @param id the inventory's id of the record
     * @param isPresent whether the latest complete pull has shown it
     */
    void add(Eid eid, String fingerprint, long id, boolean isPresent) {
        if (size == ids.length) {
            int more = size + size / 2;
            leading = Arrays.copyOf(leading, more);
            trailing = Arrays.copyOf(trailing, more);
            fingerprints = Arrays.copyOf(fingerprints, more);
            ids = Arrays.copyOf(ids, more);
        }
        leading[size] = leading(eid);
        trailing[size] = trailing(eid);
        fingerprints[size] = number(fingerprint);
        ids[size] = id;
        present.set(size, isPresent);
        size++;
    }

    /** Whether a record with this EID and fingerprint is known. */
    boolean has(Eid eid, String fingerprint) {
        int position = find(eid);
        return position >= 0 && fingerprints[position] == number(fingerprint);
    }

    /**
     * Marks a record as shown by the pull, if it is the first with its EID and unchanged.
     *
     * @return whether it was marked
     */
    boolean showUnchanged(Eid eid, String fingerprint) {
        int position = find(eid);
        boolean unchanged = position >= 0 && !shown.get(position) && fingerprints[position] == number(fingerprint);
        if (unchanged) {
            shown.set(position);
        }
        return unchanged;
    }

    /** Marks the EID as shown by the pull. */
    void show(Eid eid) {
        int position = find(eid);
        if (position >= 0) {
            shown.set(position);
        }
    }

    /** Keeps the EID's record, because the pull has shown an unreadable one of its device. */
    void keep(Eid eid) {
        int position = find(eid);
        if (position >= 0) {
            kept.set(position);
        }
    }

    /** Whether a record with the EID is known and the pull has shown it. */
    boolean isShown(Eid eid) {
        int position = find(eid);
        return position >= 0 && shown.get(position);
    }

    /** The position of the record with the EID; negative if there is none. */
    private int find(Eid eid) {
        long first = leading(eid);
        long second = trailing(eid);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(leading[middle], first);
            if (order == 0) {
                order = Long.compare(trailing[middle], second);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Ids of the records that the previous pull showed and this one has not. */
    List<Long> gone() {
        BitSet gone = (BitSet) present.clone();
        gone.andNot(shown);
        gone.andNot(kept);
        return idsAt(gone);
    }

    /** Ids of the records that this pull has shown and the previous one did not. */
    List<Long> back() {
        BitSet back = (BitSet) shown.clone();
        back.andNot(present);
        return idsAt(back);
    }

    /**
     * The number of records in the inventory with this pull.
     *
     * @param additions whether records that the pull has not shown stay
     */
    int size(boolean additions) {
        BitSet all = (BitSet) present.clone();
        if (!additions) {
            all.and(kept);
        }
        all.or(shown);
        return all.cardinality();
    }

    private List<Long> idsAt(BitSet positions) {
        List<Long> found = new ArrayList<>(positions.cardinality());
        positions.stream().forEach(position -> found.add(ids[position]));
        return found;
    }

    private static long leading(Eid eid) {
        return Long.parseLong(eid.value(), 0, HALF, 10);
    }

    private static long trailing(Eid eid) {
        return Long.parseLong(eid.value(), HALF, 2 * HALF, 10);
    }

    private static long number(String fingerprint) {
        return Long.parseUnsignedLong(fingerprint, 0, HALF, 16);
    }
}
