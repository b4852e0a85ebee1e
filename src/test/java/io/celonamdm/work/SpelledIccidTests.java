package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.recovery.Evidence;
import io.celonamdm.sync.Sync;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One eSIM in the spellings of several vendors: with and without its Luhn digit, padded, and in groups of digits. */
@Tag(TestDatabase.POSTGRESQL)
class SpelledIccidTests {
    private static final String BODY = "898821100000053008";
    private static final String WHOLE = BODY + "2";

    private final StepRig rig = new StepRig();
    private final JdbcClient jdbc = rig.bean(JdbcClient.class);
    private final Sync sync = rig.sync("celona.iccid-prefixes", "898821");

    /** A device in doubt whose inventory record shows these. */
    private Work doubtful(String... iccids) {
        Work work = rig.work(sync, Work.Kind.ASSIGN, 1);
        rig.fail(work, rig.intended(work), new SocketTimeoutException("Read timed out"));
        String eid = work.devices().get(0).eid().value();
        MdmDevice shown =
                MdmDevice.builder("1").eid(eid).iccids(List.of(iccids)).build();
        jdbc.sql("update inventory set record = :record where eid = :eid")
                .param("record", Json.write(shown))
                .param("eid", eid)
                .update();
        return work;
    }

    private void otherHas(String iccid) {
        Work other = rig.work(sync, Work.Kind.PUSH, 1);
        jdbc.sql("update device set iccid = :iccid where id = :id")
                .param("iccid", iccid)
                .param("id", other.ids().get(0))
                .update();
    }

    private String afterEvidence(Work work) {
        rig.run(() -> rig.bean(Evidence.class).apply(sync));
        return rig.whereAre(work).get(0);
    }

    @ParameterizedTest
    @CsvSource({BODY + "," + WHOLE, WHOLE + "F,8988 2110 0000 0530 08", WHOLE + "," + WHOLE})
    void twoSpellingsAreOneEsim(String one, String other) {
        assertThat(afterEvidence(doubtful(one, other))).isEqualTo("WAITING ACTIVATE");
    }

    @Test
    void twoEsimsProveNothing() {
        assertThat(afterEvidence(doubtful(WHOLE, "8988211000000530090"))).startsWith("IN_DOUBT");
    }

    @ParameterizedTest
    @CsvSource({BODY + "," + WHOLE, WHOLE + "," + BODY, WHOLE + "," + WHOLE})
    void anEsimOfAnotherDeviceInAnySpellingProvesNothing(String shown, String others) {
        otherHas(others);

        assertThat(afterEvidence(doubtful(shown))).startsWith("IN_DOUBT");
    }

    @Test
    void aNumberWithAnotherLastDigitIsAnotherEsim() {
        otherHas(BODY);

        assertThat(afterEvidence(doubtful(BODY + "7"))).isEqualTo("WAITING ACTIVATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {WHOLE, BODY, WHOLE + "F", "8988 2110 0000 0530 082", "8988211-000000530-082f"})
    void aSearchFindsItInAnySpelling(String text) {
        otherHas(WHOLE);

        assertThat(rig.bean(DeviceStates.class).search(List.of(sync.name()), text, 10))
                .singleElement()
                .satisfies(device -> assertThat(device.iccid()).hasToString(WHOLE));
    }
}
