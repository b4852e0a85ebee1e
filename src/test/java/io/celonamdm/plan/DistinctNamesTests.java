package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.Eid;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistinctNamesTests {
    private static final Eid EID = Eid.of("89049032123451234512345678901235");

    private final DistinctNames byEid = new DistinctNames(NameCollision.EID, 12);
    private final DistinctNames byNumber = new DistinctNames(NameCollision.NUMBER, 12);

    @Test
    void aFreeNameStaysAsItIs() {
        assertThat(byEid.of("Scanner", EID, null, Set.of()::contains)).isEqualTo("Scanner");
        assertThat(byNumber.of("Scanner", EID, null, Set.of()::contains)).isEqualTo("Scanner");
    }

    @Test
    void namesMayBeTheSameWhereThatIsAllowed() {
        DistinctNames allowed = new DistinctNames(NameCollision.ALLOW, 12);

        assertThat(allowed.matter()).isFalse();
        assertThat(allowed.of("Scanner", EID, "Scanner 1235", Set.of("Scanner")::contains))
                .isEqualTo("Scanner");
    }

    @Test
    void theEidsLastDigitsGoBehindWithinTheCap() {
        assertThat(byEid.of("Scanner", EID, null, Set.of("Scanner")::contains)).isEqualTo("Scanner 1235");
        assertThat(byEid.of("Scanner East", EID, null, Set.of("Scanner East")::contains))
                .isEqualTo("Scanner 1235");
        assertThat(byEid.of("Scanner", EID, null, Set.of("Scanner", "Scanner 1235")::contains))
                .isEqualTo("Sca 78901235");
        assertThat(new DistinctNames(NameCollision.EID, 4).of("Scan", EID, null, Set.of("Scan")::contains))
                .isEqualTo("1235");
    }

    @Test
    void aDeviceKeepsTheNameThatItHas() {
        assertThat(byEid.of("Scanner", EID, "Scanner 1235", Set.of()::contains)).isEqualTo("Scanner 1235");
        assertThat(byNumber.of("Scanner", EID, "Scanner 7", Set.of()::contains)).isEqualTo("Scanner 7");
    }

    @Test
    void aNameThatTheTemplateNoLongerGivesIsNotKept() {
        assertThat(byEid.of("Phone", EID, "Scanner 1235", Set.of()::contains)).isEqualTo("Phone");
        assertThat(byNumber.of("Phone", EID, "Scanner 7", Set.of()::contains)).isEqualTo("Phone");
        assertThat(byNumber.of("Phone", EID, "Phone x", Set.of()::contains)).isEqualTo("Phone");
    }

    @Test
    void aNameThatSomebodyElseHasGotIsNotKept() {
        assertThat(byEid.of("Scanner", EID, "Scanner", Set.of("Scanner")::contains))
                .isEqualTo("Scanner 1235");
    }

    @Test
    void numbersAreFreeAndFoundInFewLooks() {
        Set<String> taken = new HashSet<>(Set.of("Scanner"));
        IntStream.rangeClosed(2, 5000).forEach(number -> taken.add("Scanner " + number));
        int[] looks = {0};

        String name = byNumber.of("Scanner", EID, null, each -> {
            looks[0]++;
            return taken.contains(each);
        });

        assertThat(name).isEqualTo("Scanner 5001");
        assertThat(looks[0]).isLessThan(40);
    }
}
