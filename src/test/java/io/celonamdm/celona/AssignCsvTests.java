package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignCsvTests {

    private static final Eid FIRST = Eid.of("89049032123451234512345678901235");
    private static final Eid SECOND = Eid.of("89086030202200000022000023022943");

    @Test
    void equalsTheDocumentedCsv() {
        assertThat(AssignCsv.rows(List.of(new AssignRow(FIRST, "iphone11SE", null))))
                .isEqualTo(Samples.csv("assign-without-iccid"));
    }

    @Test
    void oneIccidGivesAllRowsTheColumn() {
        AssignRow chosen = new AssignRow(FIRST, "a", Iccid.of("89105212033100003477"));

        assertThat(AssignCsv.rows(List.of(chosen, new AssignRow(SECOND, "b", null))))
                .containsExactly(
                        List.of("EID", "Name", "ICCID"),
                        List.of(FIRST.value(), "a", "89105212033100003477"),
                        List.of(SECOND.value(), "b", ""));
    }

    @Test
    void noDevicesGiveAHeaderOnly() {
        assertThat(AssignCsv.rows(List.of())).containsExactly(List.of("EID", "Name"));
    }

    @Test
    void anEidIsNeverSentTwice() {
        AssignRow row = new AssignRow(FIRST, "a", null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignCsv.rows(List.of(row, new AssignRow(FIRST, "b", null))))
                .withMessageContaining("89049032…1235");
    }
}
