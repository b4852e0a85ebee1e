package io.celonamdm.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.Eid;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownRecordsTests {
    private static final String PRINT = "fedcba98765432100123456789abcdef";
    private static final String OTHER_PRINT = "fedcba98765432110123456789abcdef";

    private static final Eid ONES = new Eid("1".repeat(32));

    private final KnownRecords known = new KnownRecords();

    @Test
    void findsEachRecordAndNothingElse() {
        Random random = new Random(7);
        TreeSet<String> eids = Stream.generate(
                        () -> random.ints(32, 0, 10).mapToObj(String::valueOf).collect(Collectors.joining()))
                .limit(1000)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> absent =
                eids.stream().filter(eid -> random.nextInt(3) == 0).toList();
        absent.forEach(eids::remove);
        eids.add("0".repeat(32));
        eids.add("9".repeat(32));
        eids.forEach(eid -> known.add(new Eid(eid), fingerprint(eid), 0, true));

        assertThat(eids).allMatch(eid -> known.has(new Eid(eid), fingerprint(eid)));
        assertThat(absent).isNotEmpty().noneMatch(eid -> known.has(new Eid(eid), fingerprint(eid)));
    }

    @Test
    void tellsRecordsApartByTheirFingerprints() {
        known.add(ONES, PRINT, 1, true);

        assertThat(known.has(ONES, PRINT)).isTrue();
        assertThat(known.has(ONES, OTHER_PRINT)).isFalse();
    }

    @Test
    void tellsWhatIsGoneAndWhatIsBack() {
        long goneForLong = add(false);
        long gone = add(true);
        long back = add(false);
        long there = add(true);
        known.show(eid(back));
        known.show(eid(there));

        assertThat(known.gone()).containsExactly(gone).doesNotContain(goneForLong);
        assertThat(known.back()).containsExactly(back);
        assertThat(known.isShown(eid(there))).isTrue();
        assertThat(known.isShown(eid(gone))).isFalse();
    }

    @Test
    void knowsNothingBeforeTheFirstPull() {
        known.show(ONES);

        assertThat(known.isShown(ONES)).isFalse();
        assertThat(known.has(ONES, PRINT)).isFalse();
        assertThat(known.gone()).isEqualTo(Collections.emptyList());
    }

    private long ids = 100;

    private long add(boolean present) {
        ids++;
        known.add(eid(ids), PRINT, ids, present);
        return ids;
    }

    /** Another one for each EID. */
    private static String fingerprint(String eid) {
        return new StringBuilder(eid).reverse().toString();
    }

    private static Eid eid(long number) {
        return new Eid("%032d".formatted(number));
    }
}
