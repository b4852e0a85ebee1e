package io.celonamdm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.ledger.report.DeviceStates.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.SchedulerException;

/** Each action on a device in each state. */
@TestInstance(Lifecycle.PER_CLASS)
class DeviceControlTests {
    private static final String EID = "89049032123451234512345678901235";
    private static final String ICCID = "8910521000000000017";
    private static final String WHY = "asked for by a test";

    private final ControlRig rig;
    private final DeviceControl control;
    private final DeviceStates states;
    private final Audit audit;

    DeviceControlTests() throws SchedulerException {
        rig = new ControlRig();
        control = rig.get(DeviceControl.class);
        states = rig.get(DeviceStates.class);
        audit = rig.get(Audit.class);
    }

    @BeforeAll
    void inventory() {
        rig.jdbc()
                .sql("insert into inventory (sync, eid, mdm_id, record, fingerprint, present)"
                        + " values (:sync, :eid, '1', '{}', '', true)")
                .param("sync", ControlRig.SYNC)
                .param("eid", EID)
                .update();
    }

    @AfterAll
    void close() throws SchedulerException {
        rig.close();
    }

    /** No test sees what another one has left. */
    @BeforeEach
    void forget() {
        rig.isWoken();
        Stream.of("device", "audit", "dead_letter")
                .forEach(table -> rig.jdbc().sql("delete from " + table).update());
    }

    /** A device that stands as the words say: place, step, code, and what it has of {@code iccid} and {@code smdp}. */
    private DeviceState device(String words) {
        forget();
        List<String> said = List.of(words.split(" "));
        String code = said.stream()
                .skip(2)
                .filter(word -> word.equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
        rig.jdbc()
                .sql("""
                        insert into device (sync, customer_id, eid, owned_eid, place, step, code, iccid, smdp_host, created_at)
                        values (:sync, :customer, :eid, :owned, :place, :step, :code, :iccid, :smdp, current_timestamp)
                        """)
                .param("sync", ControlRig.SYNC)
                .param("customer", ControlRig.CUSTOMER)
                .param("eid", EID)
                .param("owned", said.contains("new") ? null : EID)
                .param("place", said.get(0))
                .param("step", said.get(1))
                .param("code", code)
                .param("iccid", said.contains("iccid") ? ICCID : null)
                .param("smdp", said.contains("smdp") ? "rsp.go-esim.com" : null)
                .update();
        return now();
    }

    private DeviceState now() {
        return states.find(new SyncName(ControlRig.SYNC), new Eid(EID)).orElseThrow();
    }

    private Map<String, Object> row() {
        return rig.jdbc().sql("select * from device").query().singleRow();
    }

    private DeviceState take(DeviceAction action, DeviceState device) {
        return control.take(action, rig.sync(), device, WHY, DeviceControl.CONFIRMATION);
    }

    private static Set<DeviceAction> actions(@Nullable String words) {
        return words == null
                ? Set.of()
                : Stream.of(words.split(" "))
                        .map(word -> Action.of(DeviceAction.class, word))
                        .collect(Collectors.toSet());
    }

    /** As somebody has left it in the ledger by hand. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOWHERE PUSH",
                "WAITING NO_STEP",
                "WAITING DONE",
                "DONE PUSH",
                "RETIRED DONE",
                "HELD PUSH NO_CODE"
            })
    void aRowThatContradictsItselfIsShownAsItIs(String words) {
        DeviceState device = device(words + " iccid smdp");

        List<String> written = List.of(words.split(" "));
        assertThat(Json.write(device))
                .contains("\"place\":\"" + written.get(0) + "\"", "\"step\":\"" + written.get(1) + "\"")
                .doesNotContain("contradictsItself");
        String said = "contradicts itself: place %s, step %s, code".formatted(written.get(0), written.get(1));
        assertThat(device.reason()).contains(said, "correct it, or restore a backup");
        assertThat(device.code()).isNull();
        for (DeviceAction action : DeviceAction.values()) {
            assertThat(action.isPossible(device)).isFalse();
            assertThatThrownBy(() -> take(action, device))
                    .isInstanceOf(RequestRejected.class)
                    .hasMessageContaining(said);
        }
        assertThat(states.page(device.sync(), new Filter(null, null, null), "", 10))
                .containsExactly(device);
        assertThat(states.search(List.of(device.sync()), EID, 10)).containsExactly(device);
    }

    /** As the table of the endpoint's page has it; no action is possible that is not named. */
    @ParameterizedTest
    @CsvSource({
        "WAITING ASSIGN,                                sync hold",
        "WAITING ASSIGN POOL_EXHAUSTED,                 sync hold",
        "WAITING AWAIT smdp,                            sync hold",
        "WAITING PUSH iccid smdp,                       sync push confirm hold retire",
        "WAITING PUSH smdp,                             sync hold",
        "WAITING PUSH iccid,                            sync confirm hold retire",
        "WAITING ACTIVATE iccid smdp,                   sync push confirm hold retire",
        "WAITING ACTIVATE iccid smdp NOT_PROVISIONED,   sync push confirm hold retire",
        "WAITING CONFIRM iccid smdp UNCONFIRMED,        sync push confirm hold retire",
        "IN_FLIGHT ASSIGN,",
        "IN_FLIGHT AWAIT smdp,",
        "IN_FLIGHT PUSH iccid smdp,",
        "IN_FLIGHT ACTIVATE iccid smdp,",
        "IN_FLIGHT CONFIRM iccid smdp,",
        "IN_DOUBT ASSIGN ASSIGN_IN_DOUBT,",
        "IN_DOUBT AWAIT smdp REQUEST_UNKNOWN,",
        "HELD ASSIGN MAX_NEW new,",
        "HELD ASSIGN NO_GROUP new,",
        "HELD ASSIGN OUT_OF_SCOPE new,",
        "HELD ASSIGN OWNED_BY_OTHER_SYNC new,",
        "HELD ASSIGN RELEASED new,",
        "HELD ASSIGN NO_GROUP,",
        "HELD ASSIGN GONE,                              hold",
        "HELD AWAIT GONE smdp,                          hold",
        "HELD PUSH GONE iccid smdp,                     hold retire",
        "HELD ACTIVATE NO_GROUP iccid smdp,             hold retire",
        "HELD PUSH OUT_OF_SCOPE iccid smdp,             retire",
        "HELD AWAIT OUT_OF_SCOPE smdp,",
        "HELD ASSIGN HELD_BY_OPERATOR,                  release",
        "HELD CONFIRM HELD_BY_OPERATOR iccid smdp,      release retire",
        "DEAD ASSIGN GIVEN_UP,",
        "DEAD AWAIT ASSIGN_FAILED,",
        "DEAD PUSH WRONG_POOL iccid smdp,               confirm retire",
        "DEAD PUSH smdp RETRIES_EXHAUSTED,",
        "DEAD ACTIVATE DG_NOT_FOUND iccid smdp,         confirm retire",
        "DEAD ACTIVATE NO_GROUP iccid smdp,             confirm retire",
        "DEAD CONFIRM NEVER_SEEN iccid smdp,            confirm retire",
        "DONE DONE iccid smdp,                          push retire",
        "DONE DONE iccid,                               retire",
        "RETIRED RETIRED,                               release",
    })
    void isPossibleWhereThePageSaysSo(String state, @Nullable String possible) {
        for (DeviceAction action : DeviceAction.values()) {
            DeviceState device = device(state);
            Map<String, Object> before = row();
            boolean expected = actions(possible).contains(action);

            assertThat(action.isPossible(device)).as("%s of %s", action, state).isEqualTo(expected);
            if (expected) {
                take(action, device);
                assertThat(row()).as("%s of %s", action, state).isNotEqualTo(before);
                assertThat(audit.of(new Eid(EID)))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry)
                                .extracting(Audit.Entry::actor, Audit.Entry::action, Audit.Entry::reason)
                                .containsExactly("Ann", action.word(), WHY));
            } else {
                assertThatThrownBy(() -> take(action, device))
                        .as("%s of %s", action, state)
                        .isInstanceOf(RequestRejected.class)
                        .hasMessageStartingWith(action.word() + " is not possible: ")
                        .extracting("status")
                        .isEqualTo(409);
                assertThat(row()).as("%s of %s", action, state).isEqualTo(before);
                assertThat(audit.of(new Eid(EID))).isEmpty();
            }
            assertThat(rig.isWoken()).as("%s of %s", action, state).isEqualTo(expected);
        }
    }

    /** What an action makes of a device: place, step and code. */
    @ParameterizedTest
    @CsvSource({
        "sync,    WAITING CONFIRM iccid smdp UNCONFIRMED,   WAITING CONFIRM UNCONFIRMED",
        "push,    DONE DONE iccid smdp,                     WAITING PUSH null",
        "push,    WAITING CONFIRM iccid smdp UNCONFIRMED,   WAITING PUSH null",
        "confirm, WAITING PUSH iccid smdp,                  WAITING ACTIVATE null",
        "confirm, DEAD CONFIRM NEVER_SEEN iccid smdp,       WAITING ACTIVATE null",
        "hold,    WAITING AWAIT smdp,                       HELD AWAIT HELD_BY_OPERATOR",
        "hold,    HELD ACTIVATE NO_GROUP iccid smdp,        HELD ACTIVATE HELD_BY_OPERATOR",
        "release, HELD ACTIVATE HELD_BY_OPERATOR iccid,     WAITING ACTIVATE null",
        "release, RETIRED RETIRED,                          HELD ASSIGN RELEASED",
        "retire,  DEAD CONFIRM NEVER_SEEN iccid smdp,       RETIRED RETIRED null",
    })
    void leavesTheDeviceThere(String action, String from, String to) {
        DeviceState after = take(Action.of(DeviceAction.class, action), device(from));

        assertThat("%s %s %s".formatted(after.place(), after.position().shownStep(), after.code()))
                .isEqualTo(to);
    }

    /** Whatever the rule has looked at, and has changed since. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "place = 'IN_FLIGHT'",
                "place = 'DONE'",
                "step = 'ACTIVATE'",
                "code = 'GONE'",
                "code = null",
                "iccid = null",
                "iccid = '8910521000000000025'",
                "smdp_host = null",
                "smdp_host = 'other.go-esim.com'",
                "sync = 'stores'"
            })
    void aDeviceThatHasMovedOnIsLeftAlone(String move) {
        for (String state : List.of(
                "WAITING PUSH RETRIES_EXHAUSTED iccid smdp",
                "HELD PUSH GONE iccid smdp",
                "HELD PUSH HELD_BY_OPERATOR iccid smdp")) {
            for (DeviceAction action : DeviceAction.values()) {
                DeviceState seen = device(state);
                if (!action.isPossible(seen) || (move.equals("code = 'GONE'") && state.contains("GONE"))) {
                    continue;
                }
                rig.jdbc().sql("update device set " + move).update();
                Map<String, Object> before = row();

                RequestRejected rejected = catchThrowableOfType(RequestRejected.class, () -> take(action, seen));

                assertThat(rejected).as("%s of %s", action, state).hasMessageContaining("moved on");
                assertThat(rejected.status()).isEqualTo(409);
                assertThat(row()).as("%s of %s", action, state).isEqualTo(before);
                assertThat(audit.of(new Eid(EID))).isEmpty();
                assertThat(rig.isWoken()).isFalse();
            }
        }
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void aDeadLetterIsHistoryOnceItsDeviceIsConfirmedOrRetired() {
        for (DeviceAction action : List.of(DeviceAction.CONFIRM, DeviceAction.RETIRE)) {
            DeviceState device = device("DEAD CONFIRM NEVER_SEEN iccid smdp");
            rig.jdbc()
                    .sql("""
                            insert into dead_letter (sync, device_id, open_device, eid, step, code, reason, attempts, first_at, last_at, redrives, redrive_at)
                            values (:sync, :id, :id, :eid, 'CONFIRM', 'NEVER_SEEN', '', 1, current_timestamp, current_timestamp, 0,
                                current_timestamp)
                            """)
                    .param("sync", ControlRig.SYNC)
                    .param("id", device.id())
                    .param("eid", EID)
                    .update();

            take(action, device);

            assertThat(rig.jdbc()
                            .sql(
                                    "select count(*) from dead_letter where open_device is not null or redrive_at is not null")
                            .query(Integer.class)
                            .single())
                    .as("open after %s", action)
                    .isZero();
        }
    }

    @Test
    void nothingIsDoneWithoutAReasonOrAConfirmation() {
        DeviceState device = device("WAITING PUSH iccid smdp");
        Map<String, Object> before = row();

        for (DeviceAction action : DeviceAction.values()) {
            for (String reason : Arrays.asList(null, "", " \t")) {
                assertThatThrownBy(() -> control.take(action, rig.sync(), device, reason, DeviceControl.CONFIRMATION))
                        .isInstanceOf(RequestRejected.class)
                        .hasMessageContaining("\"reason\" is missing")
                        .extracting("status")
                        .isEqualTo(400);
            }
        }
        for (String confirm : Arrays.asList(null, "", "yes")) {
            assertThatThrownBy(() -> control.take(DeviceAction.RETIRE, rig.sync(), device, WHY, confirm))
                    .isInstanceOf(RequestRejected.class)
                    .hasMessageContaining("\"confirm\": \"deactivated and deleted\"")
                    .extracting("status")
                    .isEqualTo(400);
        }
        assertThat(row()).isEqualTo(before);
        assertThat(audit.of(new Eid(EID))).isEmpty();
    }

    @Test
    void anEidThatIsNoneOrUnknownIsRejected() {
        assertThatThrownBy(() -> control.take(DeviceAction.SYNC, rig.sync(), "4711", WHY, null))
                .isInstanceOf(RequestRejected.class)
                .extracting("status")
                .isEqualTo(400);
        assertThatThrownBy(() -> control.take(DeviceAction.SYNC, rig.sync(), EID, WHY, null))
                .isInstanceOf(RequestRejected.class)
                .hasMessageContaining("has no device with the EID " + EID)
                .extracting("status")
                .isEqualTo(404);
    }

    @Test
    void aDeviceIsFoundByItsEidAsPeopleWriteIt() {
        device("WAITING PUSH iccid smdp");

        assertThat(control.take(DeviceAction.HOLD, rig.sync(), " " + EID + " ", " lost ", null)
                        .reason())
                .isEqualTo("lost");
    }
}
