package io.celonamdm.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.inventory.DriftChecks;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.MissingRecords.Means;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.retention.Retention.Piece;
import io.celonamdm.ledger.retention.Stored.Remains;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is deleted, what stays, and that no device that returns gets a second eSIM because of it. */
@Tag(TestDatabase.POSTGRESQL)
class RetentionTest {
    private static final StepRig RIG = new StepRig();
    private static final JdbcClient JDBC = RIG.bean(JdbcClient.class);
    private static final Duration LONG = Duration.ofDays(401);
    private static final String NAME = "Tom's \"red\" phone";
    private static final String USER = "tom.miller@example.com";
    private static final String SERIAL = "F2LXTOMSERIAL";

    private static int numbers;

    private final Retention retention = RIG.bean(Retention.class);
    private final Erasure erasure = RIG.bean(Erasure.class);
    private Sync sync = RIG.sync();
    private String eid = "";

    @BeforeEach
    void begin() {
        cleanUp();
        sync = RIG.sync();
        eid = eid(++numbers);
        pull(true);
    }

    private static String eid(int number) {
        return "8904903212345123459999%010d".formatted(number);
    }

    private MdmDevice toms() {
        return MdmDevice.builder("tom-" + eid.substring(24))
                .name(NAME)
                .user(USER)
                .serialNumber(SERIAL)
                .managementId("management-" + eid)
                .eid(eid)
                .build();
    }

    /** A complete pull that shows Tom's device or not, beside others that stay, and its plan. */
    private void pull(boolean withToms, MdmDevice... more) {
        List<MdmDevice> shown = new ArrayList<>(List.of(more));
        for (int i = 0; i < 10; i++) {
            String own = "8904903212345123458888%08d%02d"
                    .formatted(Integer.valueOf(sync.name().value().replaceAll("\\D", "")), i);
            shown.add(MdmDevice.builder(own).name("other " + i).eid(own).build());
        }
        if (withToms) {
            shown.add(toms());
        }
        Pull pull = begun();
        complete(pull, shown);
    }

    private Pull begun() {
        RIG.bean(Runs.class).open(sync.name(), Run.Cause.ON_DEMAND, false, Duration.ofHours(2));
        return RIG.in(() -> RIG.bean(Inventory.class)
                .begin(RIG.bean(Runs.class).open(sync.name()).orElseThrow()));
    }

    private void complete(Pull pull, List<MdmDevice> shown) {
        RIG.run(() -> RIG.bean(Inventory.class).stage(pull, shown, EidCheck.OFF));
        plan(pull);
    }

    private void plan(Pull pull) {
        pull.completed(false);
        Fleet fleet = RIG.bean(Fleet.class);
        DeviceTransitions transitions = RIG.bean(DeviceTransitions.class);
        RIG.run(() -> {
            RIG.bean(DriftChecks.class).recordsChanged(pull);
            RIG.bean(Inventory.class).complete(pull, Means.GONE);
            transitions.holdGone(sync.name());
            transitions.releaseReturned(sync.name());
            fleet.newcomers(sync.name(), "104242", false)
                    .toList()
                    .forEach(each -> transitions.admit(
                            sync.name(),
                            "104242",
                            each.eid(),
                            each.isNew(),
                            pull.run().id(),
                            null));
            RIG.bean(Runs.class).pulled(pull.run().id(), 11, 11, 0, 11, true);
        });
        RIG.run(() -> RIG.bean(Runs.class).close(pull.run().id(), Run.Outcome.SUCCESS, null, null, Map.of()));
    }

    private void device(String columns) {
        int changed = JDBC.sql("update device set due_at = null, " + columns + " where sync = :sync and eid = :eid")
                .param("sync", sync.name().value())
                .param("eid", eid)
                .update();
        assertThat(changed).isEqualTo(1);
    }

    private @Nullable String deviceIs() {
        return JDBC.sql(
                        "select place || ' ' || step || coalesce(' ' || iccid, '') from device where sync = :sync and eid = :eid")
                .param("sync", sync.name().value())
                .param("eid", eid)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private long id() {
        return JDBC.sql("select id from device where sync = :sync and eid = :eid")
                .param("sync", sync.name().value())
                .param("eid", eid)
                .query(Long.class)
                .single();
    }

    private long journaled(String step, String state, @Nullable String iccid) {
        long entry = JDBC.sql("""
                        insert into journal (sync, step, op_code, state, intended_at, answered_at, answer)
                        values (:sync, :step, 'ACTIVATE', :state, :now, :now, :answer)
                        """)
                                .param("sync", sync.name().value())
                                .param("step", step)
                                .param("state", state)
                                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                                .param(
                                        "answer",
                                        "{\"data\":\"the name Tom's \\\"red\\\" phone of %s is taken\"}".formatted(eid))
                                .update()
                        == 1
                ? JDBC.sql("select max(id) from journal").query(Long.class).single()
                : 0;
        JDBC.sql("""
                        insert into journal_device (journal_id, device_id, eid, iccid, name)
                        values (:entry, :device, :eid, :iccid, :name)
                        """)
                .param("entry", entry)
                .param("device", id())
                .param("eid", eid)
                .param("iccid", iccid)
                .param("name", NAME)
                .update();
        return entry;
    }

    private void deadLetter(boolean open) {
        JDBC.sql("""
                        insert into dead_letter (sync, device_id, open_device, eid, name, mdm_id, step, code, reason, attempts,
                            first_at, last_at)
                        values (:sync, :device, :open, :eid, :name, 'tom', 'ASSIGN', 'GIVEN_UP', :reason, 1, :now, :now)
                        """)
                .param("sync", sync.name().value())
                .param("device", id())
                .param("open", open ? id() : null)
                .param("eid", eid)
                .param("name", NAME)
                .param("reason", "no eSIM for " + SERIAL)
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void audited(String action) {
        JDBC.sql(
                        "insert into audit (at, actor, sync, eid, action, reason, detail) values (:now, 'ann', :sync, :eid, :action, :why, '')")
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .param("sync", sync.name().value())
                .param("eid", eid)
                .param("action", action)
                .param("why", "asked by " + USER)
                .update();
    }

    /** Deletes whatever is old by now. */
    private void cleanUp() {
        Instant before = RIG.now().minus(Duration.ofDays(90));
        for (Piece piece : List.<Piece>of(
                retention::gone,
                retention::calls,
                retention::deadLetters,
                retention::runs,
                retention::audit,
                retention::notices)) {
            Optional<Long> last = Optional.of(0L);
            while (last.isPresent()) {
                long after = last.get();
                last = RIG.in(() -> piece.delete(before, after));
            }
        }
    }

    /** Tables in which some text still says whose the device was. */
    private List<String> personal() {
        return List.of(
                        "inventory",
                        "device",
                        "journal",
                        "journal_device",
                        "dead_letter",
                        "follow_up",
                        "audit",
                        "drift",
                        "finding")
                .stream()
                .filter(table -> JDBC.sql("select * from " + table).query().listOfRows().stream()
                        .filter(row -> sync.name()
                                .value()
                                .equals(row.getOrDefault("sync", sync.name().value())))
                        .anyMatch(row -> {
                            String text = row.values().toString();
                            return (text.contains(eid) || !"inventory device audit".contains(table))
                                    && List.of(NAME, USER, SERIAL, "Tom's").stream()
                                            .anyMatch(text::contains);
                        }))
                .toList();
    }

    private static void forgetOthers() {
        for (String table : List.of("journal", "journal_device", "dead_letter", "finding")) {
            JDBC.sql("delete from " + table).update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "place = 'DONE', step = 'DONE', iccid = '8910521203310000001', done_at = created_at, verified_at = created_at",
                "place = 'WAITING', step = 'PUSH', iccid = '8910521203310000002', smdp_host = 'sm.go-esim.com'",
                "place = 'WAITING', step = 'AWAIT', request_id = 'r-7'",
                "place = 'WAITING', step = 'ACTIVATE', iccid = '8910521203310000003'",
                "place = 'DEAD', step = 'ASSIGN', code = 'GIVEN_UP', reason = 'given up'",
                "place = 'DEAD', step = 'ACTIVATE', code = 'DG_NOT_FOUND', iccid = '8910521203310000004'",
                "place = 'HELD', step = 'ASSIGN', code = 'HELD_BY_OPERATOR', reason = 'has an eSIM at Celona'",
                "place = 'RETIRED', step = 'RETIRED', owned_eid = null"
            })
    void aDeviceThatReturnsAfterItsDataIsGoneGetsNoSecondEsim(String state) {
        forgetOthers();
        device("name = '" + NAME.replace("'", "''") + "', " + state);
        journaled("ASSIGN", "ANSWERED", null);
        journaled("ACTIVATE", "ANSWERED", "8910521203310000001");
        deadLetter(state.contains("GIVEN_UP"));
        audited("hold");
        JDBC.sql(
                        "insert into follow_up (device_id, kind, sync, due_at, reason) values (:id, 'PROFILE', :sync, :now, :why)")
                .param("id", id())
                .param("sync", sync.name().value())
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .param("why", "no member: " + SERIAL)
                .update();
        pull(false);
        pull(false);
        String before = String.valueOf(deviceIs());
        RIG.wait(LONG);

        cleanUp();

        assertThat(personal()).isEmpty();
        assertThat(deviceIs()).isEqualTo(before);
        pull(true);
        pull(true);
        assertThat(deviceIs()).isNotNull().doesNotContain("WAITING ASSIGN");
        assertThat(String.valueOf(deviceIs()).replaceAll("^\\w+", "")).isEqualTo(before.replaceAll("^\\w+", ""));
        assertThat(recordOf(eid)).contains(SERIAL);
    }

    @Test
    void anErasedRecordIsNotComparedWithWhatWasSent() {
        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001', done_at = created_at");
        pull(false);
        pull(false);
        RIG.wait(LONG);
        cleanUp();

        assertThat(compared()).isEmpty();
        pull(true);
        assertThat(compared()).containsExactly(eid);
    }

    private List<String> compared() {
        return RIG.bean(DriftChecks.class).next(sync.name()).stream()
                .map(subject -> subject.device().eid().value())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASSIGN", "PUSH", "ACTIVATE"})
    void anErasedDeviceThatIsRedrivenWaitsForItsRecord(String step) {
        device("place = 'DEAD', code = 'DG_NOT_FOUND', step = '" + step + "'");
        pull(false);
        pull(false);
        RIG.wait(LONG);
        cleanUp();
        device("place = 'WAITING'");
        JDBC.sql("update device set due_at = :now where id = " + id())
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .update();

        assertThat(RIG.due(sync, Work.Kind.valueOf(step)).devices())
                .as("nothing is sent for a device of which nothing is known")
                .noneMatch(device -> device.eid().value().equals(eid));
        assertThat(deviceIs()).isEqualTo("HELD " + step);

        pull(true);
        assertThat(deviceIs()).isEqualTo("WAITING " + step);
    }

    private @Nullable String recordOf(String wanted) {
        return JDBC.sql("select record from inventory where sync = :sync and eid = :eid and present")
                .param("sync", sync.name().value())
                .param("eid", wanted)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    @Test
    void aDoubtKeepsWhatIsNeededToDecideIt() {
        device("place = 'IN_DOUBT', code = 'ASSIGN_IN_DOUBT', reason = 'no answer', name = 'sent'");
        long entry = journaled("ASSIGN", "IN_DOUBT", null);
        pull(false);
        pull(false);
        RIG.wait(LONG);

        cleanUp();

        assertThat(deviceIs()).isEqualTo("IN_DOUBT ASSIGN");
        assertThat(count("journal_device", "journal_id = " + entry + " and name is not null"))
                .isEqualTo(1);
        assertThat(erasure.erase(key()))
                .get()
                .extracting(Stored::obstacle)
                .asString()
                .contains("in doubt");
        assertThat(count("inventory", "eid = '" + eid + "' and record like '%" + SERIAL + "%'"))
                .isEqualTo(1);
    }

    @Test
    void nothingStaysOfADeviceForWhichNoEsimWasEverAskedFor() {
        device("place = 'HELD', code = 'OUT_OF_SCOPE', reason = 'out of scope', owned_eid = null");
        pull(false);
        pull(false);
        RIG.wait(Duration.ofDays(80));
        cleanUp();
        assertThat(deviceIs()).as("not yet").isNotNull();
        RIG.wait(Duration.ofDays(11));

        cleanUp();

        assertThat(deviceIs()).isNull();
        assertThat(count("inventory", "eid = '" + eid + "'")).isZero();
        pull(true);
        assertThat(deviceIs()).as("a new device, as it was before").isEqualTo("WAITING ASSIGN");
    }

    @Test
    void callsThatAreNotSettledStay() {
        forgetOthers();
        device("place = 'WAITING', step = 'AWAIT', request_id = 'r-1'");
        journaled("ASSIGN", "ANSWERED", null);
        journaled("PUSH", "INTENDED", null);
        RIG.wait(LONG);

        cleanUp();
        assertThat(count("journal_device", "device_id = " + id())).isEqualTo(2);

        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001'");
        cleanUp();
        assertThat(count("journal_device", "device_id = " + id())).isEqualTo(1);
        assertThat(count("journal", "state = 'INTENDED'")).isEqualTo(1);
    }

    @Test
    void anEsimThatTheDeviceHadIsNotTakenForANewOneOnceItsCallsAreDeleted() {
        forgetOthers();
        device("place = 'RETIRED', step = 'RETIRED', owned_eid = null");
        journaled("ACTIVATE", "ANSWERED", "8910521203310000077");
        RIG.wait(LONG);
        cleanUp();

        assertThat(count("journal_device", "device_id = " + id())).isZero();
        assertThat(count("former_esim", "device_id = " + id() + " and iccid = '8910521203310000077'"))
                .isEqualTo(1);
        device("place = 'HELD', step = 'ASSIGN', code = 'RELEASED'");
        assertThat(erasure.of(key())).get().extracting(Stored::remains).isEqualTo(Remains.RECORD);
    }

    @Test
    void whatTwoReplicasDeleteAtTheSameTimeIsCountedOnce() {
        cleanUp();
        long before = deletedOfAudit();
        for (int i = 0; i < 1_200; i++) {
            audited("shared");
        }
        RIG.wait(LONG);
        StepRig other = RIG.replica();

        CompletableFuture<Void> there = CompletableFuture.runAsync(() -> deleteAudit(other));
        deleteAudit(RIG);
        there.join();

        assertThat(count("audit", "action = 'shared'")).isZero();
        assertThat(deletedOfAudit() - before).isEqualTo(1_200);
    }

    private static void deleteAudit(StepRig replica) {
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            long after = last.get();
            last = replica.in(
                    () -> replica.bean(Retention.class).audit(replica.now().minus(Duration.ofDays(90)), after));
        }
    }

    private static long deletedOfAudit() {
        return JDBC.sql("select coalesce(sum(number), 0) from deletion where kind = 'AUDIT' and name = 'shared'")
                .query(Long.class)
                .single();
    }

    @Test
    void aPieceThatFailsChangesNothingAndTheRestGoesOnLater() {
        List<MdmDevice> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String each = eid(++numbers);
            many.add(MdmDevice.builder(each)
                    .name("gone")
                    .serialNumber("GONE" + i)
                    .eid(each)
                    .build());
        }
        List<MdmDevice> base = many.subList(0, 60);
        pull(true, base.toArray(MdmDevice[]::new));
        JDBC.sql("update device set place = 'DONE', step = 'DONE', iccid = '8910521203310000001' where sync = :sync")
                .param("sync", sync.name().value())
                .update();
        JDBC.sql("update inventory set present = false, gone_at = :now where sync = :sync and record like '%GONE%'")
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .param("sync", sync.name().value())
                .update();
        RIG.wait(LONG);
        Instant before = RIG.now().minus(Duration.ofDays(90));

        assertThatThrownBy(() -> RIG.run(() -> {
                    retention.gone(before, 0);
                    throw new IllegalStateException("the process dies");
                }))
                .hasMessage("the process dies");
        assertThat(count("inventory", "record like '%\"GONE%'")).isEqualTo(60);

        assertThat(RIG.in(() -> retention.gone(before, 0))).isPresent();
        assertThat(count("inventory", "record like '%\"GONE%'")).isEqualTo(35);

        cleanUp();
        assertThat(count("inventory", "record like '%\"GONE%'")).isZero();
        assertThat(count("device", "sync = '" + sync.name() + "' and place = 'DONE'"))
                .isEqualTo(71);
    }

    @Test
    void aRecordThatIsErasedDuringAPullComesBackWithTheNextOne() {
        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001'");
        pull(false);
        pull(false);
        RIG.wait(LONG);
        Pull pull = begun();
        RIG.run(() -> RIG.bean(Inventory.class).stage(pull, List.of(toms()), EidCheck.OFF));
        cleanUp();
        plan(pull);

        assertThat(recordOf(eid)).as("no empty record is served").isNull();
        pull(true);
        assertThat(recordOf(eid)).contains(SERIAL);
        assertThat(deviceIs()).isEqualTo("DONE DONE 8910521203310000001");
    }

    @Test
    void whatMetricsCountDoesNotFall() {
        forgetOthers();
        device("place = 'RETIRED', step = 'RETIRED', owned_eid = null, done_at = created_at");
        deadLetter(false);
        audited("retire");
        pull(false);
        pull(false);
        RIG.wait(LONG);
        pull(false);
        pull(false);
        String before = counted();

        cleanUp();
        assertThat(count("run", "sync = '" + sync.name() + "'")).isEqualTo(2);
        assertThat(counted()).isEqualTo(before);

        erasure.erase(key());
        assertThat(deviceIs()).isNull();
        assertThat(counted()).isEqualTo(before);
    }

    private String counted() {
        var snapshot = RIG.bean(SyncSnapshots.class).of(sync.name());
        return snapshot.runs() + " " + snapshot.deadLetters() + " " + snapshot.actions() + " " + snapshot.done();
    }

    @Test
    void theLatestRunsStayHoweverOldTheyAre() {
        RIG.wait(LONG);
        cleanUp();
        assertThat(count("run", "sync = '" + sync.name() + "'")).isEqualTo(1);
    }

    @Test
    void aDeviceThatTheMdmShowsIsNotErased() {
        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001'");

        assertThat(erasure.erase(key()))
                .get()
                .extracting(Stored::obstacle)
                .asString()
                .contains("still shows");

        assertThat(recordOf(eid)).contains(SERIAL);
    }

    @Test
    void nothingStaysOfARetiredDeviceThatAPersonErases() {
        forgetOthers();
        device("place = 'RETIRED', step = 'RETIRED', owned_eid = null");
        journaled("ACTIVATE", "ANSWERED", "8910521203310000001");
        audited("retire");
        pull(false);
        pull(false);

        assertThat(erasure.erase(key())).get().extracting(Stored::remains).isEqualTo(Remains.NOTHING);

        for (String table : List.of("inventory", "device", "journal_device", "dead_letter", "audit", "drift")) {
            assertThat(count(table, "eid = '" + eid + "'")).as(table).isZero();
        }
        assertThat(erasure.of(new Eid(eid))).isEmpty();
    }

    @Test
    void theAuditOfASyncThatHadTheDeviceBeforeIsForgottenWithIt() {
        device("place = 'RETIRED', step = 'RETIRED', owned_eid = null");
        Sync now = sync;
        sync = RIG.sync();
        audited("hold");
        sync = now;
        pull(false);
        pull(false);

        RIG.run(() -> erasure.erase(key()));

        assertThat(count("audit", "eid = '" + eid + "'")).isZero();
    }

    @Test
    void theAnswerToABatchKeepsWhatItSaysOfTheOthers() {
        forgetOthers();
        device("place = 'RETIRED', step = 'RETIRED', owned_eid = null");
        long entry = journaled("ACTIVATE", "ANSWERED", "8910521203310000001");
        JDBC.sql("insert into journal_device (journal_id, device_id, eid, name) values (:entry, 0, '8904', 'other')")
                .param("entry", entry)
                .update();
        pull(false);
        pull(false);

        erasure.erase(key());

        assertThat(JDBC.sql("select answer from journal where id = " + entry)
                        .query(String.class)
                        .single())
                .isEqualTo("{\"data\":\"the name *** of *** is taken\"}");
    }

    @Test
    void whatACallDidNotHaveIsNotMaskedInItsAnswer() {
        forgetOthers();
        device("place = 'RETIRED', step = 'RETIRED', owned_eid = null");
        long entry = journaled("ASSIGN", "ANSWERED", null);
        JDBC.sql("insert into journal_device (journal_id, device_id, eid, name) values (:entry, 0, '8904', 'other')")
                .param("entry", entry)
                .update();
        JDBC.sql("update journal set answer = '{\"error\":null}' where id = " + entry)
                .update();
        pull(false);
        pull(false);

        erasure.erase(key());

        assertThat(JDBC.sql("select answer from journal where id = " + entry)
                        .query(String.class)
                        .single())
                .isEqualTo("{\"error\":null}");
    }

    private void configuredNow() {
        RIG.bean(SyncStates.class).configured(List.of(sync.name()));
    }

    @Test
    void aPersonErasesWhatASyncHasLeftThatIsInNoSettingsAnyLonger() {
        configuredNow();
        device("name = '" + NAME.replace("'", "''")
                + "', place = 'WAITING', step = 'PUSH', iccid = '8910521203310000001'");
        RIG.wait(Duration.ofHours(23));
        assertThat(erasure.of(key()).orElseThrow().obstacle()).contains("still shows");

        RIG.wait(Duration.ofHours(2));
        RIG.run(() -> erasure.erase(key()));

        assertThat(personal()).isEmpty();
        assertThat(deviceIs()).isEqualTo("WAITING PUSH 8910521203310000001");
        configuredNow();
        pull(true);
        assertThat(recordOf(eid)).contains(SERIAL);
        assertThat(deviceIs()).isEqualTo("WAITING PUSH 8910521203310000001");
    }

    @Test
    void whatASyncHasLeftThatIsInNoSettingsAnyLongerIsErasedInTime() {
        configuredNow();
        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001', done_at = created_at");
        String doubtful = "8904903212345123458888%08d00"
                .formatted(Integer.valueOf(sync.name().value().replaceAll("\\D", "")));
        JDBC.sql("update device set place = 'IN_DOUBT', code = 'ASSIGN_IN_DOUBT' where eid = :eid")
                .param("eid", doubtful)
                .update();
        RIG.wait(LONG);

        eraseOrphans(List.of(sync.name().value()));
        assertThat(recordOf(eid)).as("in these settings").contains(SERIAL);

        for (String left : List.of(
                "insert into pulled (sync, eid, mdm_id, record, fingerprint) values (:sync, '8904', 'tom', '" + SERIAL
                        + "', '')",
                "insert into finding (run_id, mdm_id, code, detail) select max(id), 'S', 'SHARED_KEY', '" + SERIAL
                        + "' from run where sync = :sync")) {
            JDBC.sql(left).param("sync", sync.name().value()).update();
        }

        eraseOrphans(List.of());
        assertThat(count("pulled", "record = '" + SERIAL + "'")).isZero();
        assertThat(recordOf(eid)).isNull();
        assertThat(personal()).isEmpty();
        assertThat(deviceIs()).isEqualTo("DONE DONE 8910521203310000001");
        assertThat(recordOf(doubtful)).as("undecided").contains("other 0");
        assertThat(count("inventory", "sync = '" + sync.name() + "'"))
                .as("those for which no eSIM was asked for are gone")
                .isLessThanOrEqualTo(11);
    }

    private static void eraseOrphans(List<String> configured) {
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            last = RIG.in(
                    () -> RIG.bean(Retention.class).orphaned(RIG.now().minus(Duration.ofDays(90)), 0, configured));
        }
    }

    @Test
    void whatIsErasedIsNotLookedAtForEver() {
        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001'");
        JDBC.sql("update inventory set present = false, gone_at = :now, fingerprint = '" + Inventory.ERASED
                        + "' where sync = :sync and eid = :eid")
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .param("sync", sync.name().value())
                .param("eid", eid)
                .update();
        RIG.wait(LONG);

        assertThat(RIG.in(() -> retention.gone(RIG.now(), 0))).isEmpty();
    }

    @Test
    void aPersonCalledNullIsNotEveryDeviceWithoutAnImei() {
        assertThat(RIG.bean(StoredPersons.class).find("null", 500)).isEmpty();
    }

    @Test
    void aCleanupThatHasNoTimeOrIsClosedDeletesNothing() {
        device("place = 'DONE', step = 'DONE', iccid = '8910521203310000001'");
        pull(false);
        pull(false);
        RIG.wait(LONG);
        ConnectorSettings settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("connector", ConnectorSettings.class);
        Cleanup cleanup = new Cleanup(retention, settings, RIG.bean(Clock.class));

        RIG.run(() -> cleanup.cleanUp(Duration.ZERO));
        assertThat(count("inventory", "record like '%" + eid + "%' and record like '%" + SERIAL + "%'"))
                .isEqualTo(1);

        RIG.run(cleanup::cleanUp);
        assertThat(count("inventory", "record like '%" + eid + "%' and record like '%" + SERIAL + "%'"))
                .isZero();

        cleanup.close();
        pull(true);
        pull(false);
        pull(false);
        RIG.wait(LONG);
        RIG.run(cleanup::cleanUp);
        assertThat(count("inventory", "record like '%" + eid + "%' and record like '%" + SERIAL + "%'"))
                .isEqualTo(1);
    }

    private Stored.Key key() {
        return new Stored.Key(sync.name(), new Eid(eid));
    }

    private static long count(String table, String which) {
        return JDBC.sql("select count(*) from " + table + " where " + which)
                .query(Long.class)
                .single();
    }
}
