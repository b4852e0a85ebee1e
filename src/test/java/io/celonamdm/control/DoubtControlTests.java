package io.celonamdm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.ledger.report.DeviceStates;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.SchedulerException;

/** A person's decisions about devices in doubt, and about dead letters of those given up. */
@Tag(TestDatabase.POSTGRESQL)
@TestInstance(Lifecycle.PER_CLASS)
class DoubtControlTests {
    private static final long ENTRY = 41;
    private static final String SMDP = "rsp.go-esim.com";
    private static final String WHY = "looked at Celona";
    private static final List<String> EIDS =
            List.of("89049032123451234512345678901235", "89049032000001000000000000000001");

    private final ControlRig rig;
    private final DoubtControl control;
    private final DeadLetterControl deadLetters;

    DoubtControlTests() throws SchedulerException {
        rig = new ControlRig();
        control = rig.get(DoubtControl.class);
        deadLetters = rig.get(DeadLetterControl.class);
    }

    @BeforeEach
    void twoDevicesOfOneCallAreInDoubt() {
        for (String table : List.of("device", "inventory", "journal_device", "journal", "dead_letter", "audit")) {
            rig.jdbc().sql("delete from " + table).update();
        }
        rig.isWoken();
        rig.jdbc()
                .sql("insert into journal (id, sync, step, state, intended_at)"
                        + " values (:id, :sync, 'ASSIGN', 'IN_DOUBT', current_timestamp)")
                .param("id", ENTRY)
                .param("sync", ControlRig.SYNC)
                .update();
        for (String eid : EIDS) {
            MdmDevice inMdm = MdmDevice.builder("1").eid(eid).build();
            for (String insert : List.of(
                    "insert into inventory (sync, eid, mdm_id, record, fingerprint, present) values (:sync, :eid, '1', :record, '', true)",
                    "insert into device (sync, customer_id, eid, owned_eid, step, place, code, reason, created_at)"
                            + " values (:sync, :customer, :eid, :eid, 'ASSIGN', 'IN_DOUBT', 'ASSIGN_IN_DOUBT', 'no answer', current_timestamp)",
                    "insert into journal_device (journal_id, device_id, eid)"
                            + " select :entry, id, eid from device where eid = :eid")) {
                rig.jdbc()
                        .sql(insert)
                        .param("sync", ControlRig.SYNC)
                        .param("customer", ControlRig.CUSTOMER)
                        .param("eid", eid)
                        .param("record", Json.write(inMdm))
                        .param("entry", ENTRY)
                        .update();
            }
        }
    }

    @AfterAll
    void close() throws SchedulerException {
        rig.close();
    }

    private int decide(DoubtAction action, @Nullable String requestId, @Nullable String address) {
        return control.decide(action, rig.sync(), ENTRY, requestId, address, WHY);
    }

    private String where(String eid) {
        var device = rig.get(DeviceStates.class)
                .find(new SyncName(ControlRig.SYNC), new Eid(eid))
                .orElseThrow();
        return "%s %s %s".formatted(device.place(), device.position().shownStep(), device.code());
    }

    private static void assertRejected(Runnable request, int status, String why) {
        assertThatThrownBy(request::run)
                .isInstanceOf(RequestRejected.class)
                .hasMessageContaining(why)
                .extracting("status")
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "adopt,   WAITING AWAIT null",
        "release, WAITING ASSIGN null",
        "probe,   WAITING PUSH null",
        "give-up, DEAD ASSIGN GIVEN_UP"
    })
    void isAboutAllDevicesOfTheCallAndTakenUpAtOnce(String action, String to) {
        assertThat(decide(Action.of(DoubtAction.class, action), "4711", SMDP)).isEqualTo(2);

        assertThat(EIDS).allSatisfy(eid -> {
            assertThat(where(eid)).isEqualTo(to);
            assertThat(rig.get(Audit.class).of(new Eid(eid)))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry)
                            .extracting(
                                    Audit.Entry::actor, Audit.Entry::action, Audit.Entry::reason, Audit.Entry::detail)
                            .containsExactly("Ann", action, WHY, "journal entry 41"));
        });
        assertThat(rig.isWoken()).isTrue();
    }

    @Test
    void aDecisionNeedsWhatItSendsOn() {
        assertRejected(() -> decide(DoubtAction.ADOPT, " ", SMDP), 400, "adopt needs the requestId");
        assertRejected(() -> decide(DoubtAction.ADOPT, "4711", null), 400, "no SM-DP+ address");
        assertRejected(() -> decide(DoubtAction.PROBE, null, null), 400, "no SM-DP+ address");
        assertRejected(() -> decide(DoubtAction.PROBE, null, "no address"), 400, "");
        assertThat(where(EIDS.get(0))).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
    }

    @ParameterizedTest
    @EnumSource(DoubtAction.class)
    void nothingIsDecidedWithoutAReason(DoubtAction action) {
        assertRejected(
                () -> control.decide(action, rig.sync(), ENTRY, "4711", SMDP, " "), 400, "\"reason\" is missing");
        assertRejected(
                () -> control.takeBack(action, rig.sync(), null, "4711", SMDP, null), 400, "\"reason\" is missing");
        assertThat(where(EIDS.get(0))).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
    }

    /** Evidence or another person may end the doubt between the look and the decision. */
    @ParameterizedTest
    @CsvSource({"WAITING, ACTIVATE", "IN_FLIGHT, PUSH", "DONE, DONE", "WAITING, ASSIGN", "DEAD, PUSH"})
    void aDeviceWhoseDoubtHasEndedIsNotInDoubtAnyMore(String place, String step) {
        InDoubt inDoubt = rig.get(InDoubt.class);
        Doubtful seen = inDoubt.of(new SyncName(ControlRig.SYNC), ENTRY).get(0);
        assertThat(inDoubt.isStill(seen)).isTrue();

        rig.jdbc()
                .sql(
                        "update device set place = :place, step = :step, code = null, iccid = '8910521000000000017' where id = :id")
                .param("place", place)
                .param("step", step)
                .param("id", seen.id())
                .update();

        assertThat(inDoubt.isStill(seen)).isFalse();
    }

    @Test
    void whoWasGivenUpIsRedrivenByNoneAndTakenBackByName() {
        decide(DoubtAction.GIVE_UP, null, null);
        assertThat(rig.isWoken()).isTrue();
        for (List<String> eids : List.of(EIDS, EIDS.subList(0, 1))) {
            assertRejected(() -> deadLetters.redrive(rig.sync(), null, eids, WHY), 409, "Nothing was redriven");
        }
        assertRejected(
                () -> deadLetters.redrive(rig.sync(), ReasonCode.GIVEN_UP, null, WHY), 409, "2 of these were given up");
        assertThat(deadLetters.redrive(rig.sync(), null, null, WHY)).isZero();
        assertThat(deadLetters
                        .importCsv(rig.sync(), "EID\n" + EIDS.get(0) + "\n", WHY)
                        .redriven())
                .isZero();
        assertThat(rig.isWoken()).as("for nothing").isFalse();

        assertThat(control.takeBack(DoubtAction.ADOPT, rig.sync(), EIDS.subList(0, 1), "4711", SMDP, WHY))
                .isEqualTo(1);
        assertThat(where(EIDS.get(0))).isEqualTo("WAITING AWAIT null");
        assertThat(where(EIDS.get(1))).isEqualTo("DEAD ASSIGN GIVEN_UP");
        assertThat(decide(DoubtAction.RELEASE, null, null)).isEqualTo(1);
        assertThat(where(EIDS.get(1))).isEqualTo("WAITING ASSIGN null");
        assertRejected(
                () -> control.takeBack(DoubtAction.RELEASE, rig.sync(), null, null, null, WHY), 409, "none of these");
    }

    @Test
    void anEidThatIsNoneRejectsTheWholeRequest() {
        List<String> eids = List.of(EIDS.get(0), "8.9E+31");
        assertRejected(() -> deadLetters.redrive(rig.sync(), null, eids, WHY), 400, "redrive changed nothing");
        for (DoubtAction action : List.of(DoubtAction.ADOPT, DoubtAction.RELEASE)) {
            assertRejected(
                    () -> control.takeBack(action, rig.sync(), eids, null, null, WHY),
                    400,
                    action.word() + " changed nothing");
            assertRejected(
                    () -> control.takeBack(action, rig.sync(), List.of(EIDS.get(0)), null, null, WHY),
                    409,
                    action.word() + " changed nothing");
        }
        assertRejected(() -> deadLetters.importCsv(rig.sync(), "EID\n8.9E+31\n", WHY), 400, "import changed nothing");
        assertRejected(() -> deadLetters.importCsv(rig.sync(), null, WHY), 400, "import needs");
        assertRejected(() -> deadLetters.importCsv(rig.sync(), "Name\nx\n", WHY), 400, "no column EID");
    }
}
