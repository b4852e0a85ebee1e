package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Imei;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares with the document's own CSVs. Three of them cannot come from here:
 *
 * <ul>
 *   <li>"Mismatched Columns" has an ICCID of 24 digits, which {@link Iccid} refuses;
 *   <li>"Duplicate ICCID Records" repeats an ICCID, which is refused before it is sent;
 *   <li>"Various Errors" has several cluster names in one file, while the ignored column has one value here.
 * </ul>
 */
class ActivationCsvTests {

    private static final List<Column> FOUR_COLUMNS = OpCode.ACTIVATE_AND_DG_ASSIGN.columns();

    @ParameterizedTest
    @CsvSource({
        "activate-and-dg-assign,ACTIVATE_AND_DG_ASSIGN",
        "activate,ACTIVATE",
        "dg-assign,DG_ASSIGN",
    })
    void equalsTheSuccessfulSamples(String sample, OpCode op) {
        List<ActivationRow> sent = Samples.sent(sample, op.columns());

        assertThat(ActivationCsv.rows(op, op.columns(), "Cluster123", sent)).isEqualTo(Samples.csv(sample));
    }

    /** The cluster name differs from row to row there. */
    @Test
    void equalsTheSampleOfVariousErrorsButForTheIgnoredColumn() {
        List<ActivationRow> sent = Samples.sent("activation-errors", FOUR_COLUMNS);

        assertThat(ActivationCsv.rows(OpCode.ACTIVATE, FOUR_COLUMNS, "", sent))
                .isEqualTo(Samples.csv("activation-errors").stream()
                        .map(row -> List.of(
                                row.get(0), row.get(0).equals("ICCID") ? row.get(1) : "", row.get(2), row.get(3)))
                        .toList());
    }

    /** Three names stand over four fields there; by position the fourth is the group. */
    @Test
    void equalsTheSampleOfGroupErrorsWithFourColumnsButForItsHeader() {
        List<ActivationRow> sent = Samples.sent("dg-assign-errors", FOUR_COLUMNS);

        assertThat(withoutHeader(ActivationCsv.rows(OpCode.DG_ASSIGN, FOUR_COLUMNS, "Cluster123", sent)))
                .isEqualTo(withoutHeader(Samples.csv("dg-assign-errors")));
    }

    /** The examples with SIM lock spell the first four names of the header without underscores. */
    @Test
    void equalsTheExampleWithSimLockButForItsHeader() {
        List<ActivationRow> sent = List.of(
                row("89105212033100003500", "DeviceTest1", "", new SimLock("Enabled", "ONATTACH", null)),
                row("89105212033100003501", "DeviceTest2", "", new SimLock("Disabled", "", null)),
                row("89105212033100003502", "", "", new SimLock("Enabled", "IMEIMAPPING", Imei.of("123456789012345"))));

        List<List<String>> rows = ActivationCsv.rows(OpCode.ACTIVATE_AND_DG_ASSIGN, FOUR_COLUMNS, "", sent);

        assertThat(rows.get(0))
                .containsExactly(
                        "ICCID",
                        "CLUSTER_NAME",
                        "DEVICE_NAME",
                        "DEVICE_GROUP",
                        "SIMLOCKSTATUS",
                        "SIMLOCKPOLICY",
                        "SIMLOCKEXPECTEDIMEI");
        assertThat(withoutHeader(rows)).isEqualTo(withoutHeader(Samples.csv("sim-lock-example-1")));
    }

    @Test
    void equalsTheExampleWithoutSimLockButForItsHeader() {
        List<ActivationRow> sent = List.of(
                row("89105212033100003500", "DeviceTest1", "", null),
                row("89105212033100003501", "", "DeviceGroup1", null));

        assertThat(withoutHeader(ActivationCsv.rows(OpCode.ACTIVATE, FOUR_COLUMNS, "", sent)))
                .isEqualTo(withoutHeader(Samples.csv("sim-lock-example-2")));
    }

    @Test
    void oneSimLockGivesAllRowsItsColumns() {
        List<ActivationRow> sent = List.of(
                row("89105212033100003500", "a", "g", new SimLock("Enabled", "ONATTACH", null)),
                row("89105212033100003501", "b", "g", null));

        assertThat(ActivationCsv.rows(OpCode.ACTIVATE_AND_DG_ASSIGN, FOUR_COLUMNS, "", sent)
                        .get(2))
                .containsExactly("89105212033100003501", "", "b", "g", "", "", "");
    }

    @Test
    void assigningGroupsKnowsNoSimLock() {
        List<ActivationRow> sent =
                List.of(row("89105212033100003500", "a", "g", new SimLock("Enabled", "ONATTACH", null)));

        assertThat(ActivationCsv.rows(OpCode.DG_ASSIGN, OpCode.DG_ASSIGN.columns(), "", sent))
                .containsExactly(
                        List.of("ICCID", "CLUSTER_NAME", "DEVICE_GROUP"), List.of("89105212033100003500", "", "g"));
    }

    @Test
    void anIccidIsNeverSentTwice() {
        List<ActivationRow> sent = Samples.sent("duplicate-iccid", FOUR_COLUMNS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActivationCsv.rows(OpCode.ACTIVATE, FOUR_COLUMNS, "", sent))
                .withMessageContaining("twice");
    }

    @Test
    void theIccidIsAlwaysSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActivationCsv.rows(OpCode.ACTIVATE, List.of(Column.DEVICE_NAME), "", List.of()));
    }

    private static ActivationRow row(String iccid, String name, String group, @Nullable SimLock simLock) {
        return new ActivationRow(Iccid.of(iccid), name, group, simLock);
    }

    private static List<List<String>> withoutHeader(List<List<String>> rows) {
        return rows.subList(1, rows.size());
    }
}
