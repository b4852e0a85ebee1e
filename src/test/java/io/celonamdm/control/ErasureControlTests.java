package io.celonamdm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.retention.Stored;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.SchedulerException;

/** A person asks what is stored, and has it erased. */
@Tag(TestDatabase.POSTGRESQL)
@TestInstance(Lifecycle.PER_CLASS)
class ErasureControlTests {
    private static final String DONE = "89049032123451234512345678901201";
    private static final String RETIRED = "89049032123451234512345678901202";
    private static final String SHOWN = "89049032123451234512345678901203";
    private static final String USER = "tom.100%_sure@example.com";

    private final ControlRig rig;
    private final ErasureControl control;

    ErasureControlTests() throws SchedulerException {
        rig = new ControlRig();
        control = rig.get(ErasureControl.class);
    }

    @BeforeEach
    void devices() {
        for (String table : List.of("device", "inventory", "audit")) {
            rig.jdbc().sql("delete from " + table).update();
        }
        add(DONE, "DONE", false);
        add(RETIRED, "RETIRED", false);
        add(SHOWN, "DONE", true);
    }

    @AfterAll
    void end() throws SchedulerException {
        rig.close();
    }

    private void add(String eid, String place, boolean present) {
        rig.jdbc()
                .sql("insert into inventory (sync, eid, mdm_id, record, fingerprint, present)"
                        + " values (:sync, :eid, :eid, :record, '', :present)")
                .param("sync", ControlRig.SYNC)
                .param("eid", eid)
                .param(
                        "record",
                        Json.write(MdmDevice.builder(eid).user(USER).eid(eid).build()))
                .param("present", present)
                .update();
        rig.jdbc()
                .sql("insert into device (sync, customer_id, eid, step, place, created_at)"
                        + " values (:sync, '104242', :eid, :place, :place, :now)")
                .param("sync", ControlRig.SYNC)
                .param("eid", eid)
                .param("place", place)
                .param("now", ControlRig.NOW.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Test
    void thePersonsDevicesAreErasedAsFarAsNothingPreventsIt() {
        assertThat(control.find(null, "TOM.100%_SURE")).hasSize(3);
        assertThat(control.find(null, "tom.100x_sure")).isEmpty();

        assertThat(control.erase(null, USER, 2, "request 4711")).isEqualTo(2);

        assertThat(control.find(null, USER)).singleElement().satisfies(left -> {
            assertThat(left.eid()).hasToString(SHOWN);
            assertThat(left.obstacle()).contains("still shows");
        });
        assertThat(control.find(RETIRED, null)).isEmpty();
        assertThat(control.find(DONE, null)).singleElement().satisfies(left -> {
            assertThat(left.user()).isEmpty();
            assertThat(left.obstacle()).contains("only EID, eSIM");
        });
        assertThat(rig.get(Audit.class).list(new SyncName(ControlRig.SYNC), 10))
                .hasSize(2)
                .allSatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo("erase");
                    assertThat(entry.actor()).isEqualTo("Ann");
                    assertThat(entry.reason()).isEqualTo("request 4711");
                })
                .extracting(entry -> String.valueOf(entry.eid()))
                .as("the EID of the device of which nothing remains is not written again")
                .containsExactlyInAnyOrder(DONE, "null");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | - | 1 | why | name the device",
                DONE + " | tom | 1 | why | name the device",
                "- | to | 1 | why | at least 3 characters",
                "- | tom | 2 | - | reason",
                "- | tom | - | why | erased now: 2",
                "- | tom | 3 | why | erased now: 2",
                "- | nobody | 1 | why | no such device",
                SHOWN + " | - | 1 | why | still shows",
                "8904 | - | 1 | why | 8904"
            })
    void aRequestThatIsNotExactIsRejected(
            @Nullable String eid,
            @Nullable String person,
            @Nullable Integer count,
            @Nullable String reason,
            String words) {
        assertThatThrownBy(() -> control.erase(eid, person, count, reason))
                .isInstanceOf(RequestRejected.class)
                .hasMessageContaining(words);

        assertThat(control.find(null, USER)).hasSize(3);
    }

    @Test
    void whatIsErasedOnceIsNotErasedAgain() {
        control.erase(DONE, null, 1, "request 4711");

        assertThat(ErasureControl.erasable(control.find(DONE, null))).isZero();
        assertThatThrownBy(() -> control.erase(DONE, null, 1, "request 4711"))
                .hasMessageContaining("only EID, eSIM, place and times are left");
        assertThat(control.find(DONE, null)).extracting(Stored::remains).containsExactly(Stored.Remains.RECORD);
    }
}
