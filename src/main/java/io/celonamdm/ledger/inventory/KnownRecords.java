package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A sync's inventory as it is when a pull begins, and which of it the pull has shown again. An MDM shows its records in an
 * order of its own, so that each would be looked up at another place of an index that no cache holds; here, they are read
 * once in the order of the index, and kept in 32 bytes each.
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

    /** Reads those of a sync. */
    static KnownRecords read(JdbcClient jdbc, String sync) {
        KnownRecords known = new KnownRecords();
        Keyset.rows("", after -> rows(jdbc, sync, after), last -> last.eid.value())
                .forEach(row -> known.add(row.eid, row.fingerprint, row.id, row.present));
        return known;
    }

    private static List<Row> rows(JdbcClient jdbc, String sync, String after) {
        return jdbc.sql("select eid, fingerprint, id, present from inventory where sync = :sync and eid > :after"
                        + " order by sync, eid, present, fingerprint, id fetch first :limit rows only")
                .param("sync", sync)
                .param("after", after)
                .param("limit", Chunks.SIZE)
                // by their numbers, since a name is looked up with each row
                .query((row, number) ->
                        new Row(new Eid(row.getString(1)), row.getString(2), row.getLong(3), row.getBoolean(4)))
                .list();
    }

    /**
     * Adds a record; records come in the order of their EIDs.
     *
     * @param eid the eSIM chip
     * @param fingerprint hexadecimal digits, of which the first sixteen tell a record from what it was before
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

    /** Whether there is a record with the EID, and it has the fingerprint. */
    boolean has(Eid eid, String fingerprint) {
        int position = find(eid);
        return position >= 0 && fingerprints[position] == number(fingerprint);
    }

    /**
     * The pull has shown a record, which counts if it is the first with its EID, and as it was.
     *
     * @return whether it is
     */
    boolean showUnchanged(Eid eid, String fingerprint) {
        int position = find(eid);
        boolean unchanged = position >= 0 && !shown.get(position) && fingerprints[position] == number(fingerprint);
        if (unchanged) {
            shown.set(position);
        }
        return unchanged;
    }

    /** The pull has shown the EID. */
    void show(Eid eid) {
        int position = find(eid);
        if (position >= 0) {
            shown.set(position);
        }
    }

    /** The pull has shown something of the EID's device that cannot be read: it is as it was. */
    void keep(Eid eid) {
        int position = find(eid);
        if (position >= 0) {
            kept.set(position);
        }
    }

    /** Whether there is a record with the EID, and the pull has shown it. */
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

    /** Ids of the records that the pull has not shown, and the one before had. */
    List<Long> gone() {
        BitSet gone = (BitSet) present.clone();
        gone.andNot(shown);
        gone.andNot(kept);
        return idsAt(gone);
    }

    /** Ids of the records that the pull has shown, and the one before had not. */
    List<Long> back() {
        BitSet back = (BitSet) shown.clone();
        back.andNot(present);
        return idsAt(back);
    }

    /**
     * How many records the inventory shows by the pull.
     *
     * @param additions whether what the pull has not shown stays
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
