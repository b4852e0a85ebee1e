package io.celonamdm.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.MissingRecords;
import io.celonamdm.ledger.inventory.Ownership;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.inventory.ScopedDevices;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.settings.source.SettingsOfTests;
import io.celonamdm.simulator.apple.ApiAccount;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.AssignCall;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Devices whose eSIMs are ready before they are enrolled, and how they come to the sync of their MDM. */
@Tag(TestDatabase.POSTGRESQL)
class TakeoversTests {
    private static final String PEM = new ApiAccount().pem();

    private final StepRig rig = new StepRig();
    private final JdbcClient jdbc = rig.bean(JdbcClient.class);
    private final Sync ahead = ahead();
    private final Sync mdm = rig.sync();
    private int numbers;

    private Sync ahead() {
        return rig.sync("mdm.platform", "apple-business", "mdm.apple-business.server", "Intune");
    }

    private void follow(Sync sync, Sync... aheadOnes) {
        Takeovers takeovers = takeovers(aheadOnes);
        rig.run(() -> takeovers.follow(sync));
    }

    private Takeovers takeovers(Sync... aheadOnes) {
        Map<String, Object> settings = new HashMap<>();
        for (Sync each : aheadOnes) {
            String at = "connector.syncs." + each.name() + ".";
            settings.put(at + "schedule", "0 30 4 * * ?");
            settings.put(at + "mdm.platform", "apple-business");
            settings.put(at + "mdm.apple-business.server", "Intune");
            settings.put(at + "mdm.apple-business.client-id", "id");
            settings.put(at + "mdm.apple-business.key-id", "key");
            settings.put(at + "mdm.apple-business.private-key", PEM);
            settings.put(at + "celona.customer-id", "104242");
            settings.put(at + "celona.api-key", "key");
        }
        return new Takeovers(
                rig.bean(Ownership.class), rig.bean(DeviceTransitions.class), SettingsOfTests.inForce(settings));
    }

    /** Devices that wait at PUSH, as the step has left them. */
    private Work prepared(Sync sync, int devices) {
        Work work = rig.work(sync, Work.Kind.PUSH, devices);
        assertThat(rig.intended(work)).isNull();
        own(sync);
        return work;
    }

    private void own(Sync sync) {
        jdbc.sql("update device set owned_eid = eid where sync = :sync")
                .param("sync", sync.name().value())
                .update();
    }

    /** The MDM shows the device of the work as well. */
    private void shows(Sync sync, Work work, int device) {
        jdbc.sql("""
                        insert into inventory (sync, eid, mdm_id, record, fingerprint, present)
                        select :sync, eid, mdm_id, record, '', true from inventory where sync = :other and eid = :eid
                        """)
                .param("sync", sync.name().value())
                .param("other", work.sync().name().value())
                .param("eid", eid(work, device))
                .update();
    }

    private void shows(Sync sync, boolean present) {
        jdbc.sql("update inventory set present = :present where sync = :sync")
                .param("sync", sync.name().value())
                .param("present", present)
                .update();
    }

    private static String eid(Work work, int device) {
        return work.devices().get(device).eid().value();
    }

    private List<String> owners(Work work) {
        return jdbc.sql("select sync from device where id in (:ids) order by id")
                .param("ids", work.ids())
                .query(String.class)
                .list();
    }

    @Test
    void aPreparedDeviceWaitsWithoutACallOrATime() {
        Work work = prepared(ahead, 2);

        assertThat(rig.whereAre(work)).containsOnly("HELD PUSH AWAITS_ENROLMENT");
        assertThat(jdbc.sql("select count(*) from journal").query(Long.class).single())
                .isZero();
        follow(ahead, ahead);
        assertThat(rig.whereAre(work)).containsOnly("HELD PUSH AWAITS_ENROLMENT");
    }

    @Test
    void theSyncOfItsMdmTakesItOverWithItsStep() {
        Work work = prepared(ahead, 3);
        shows(mdm, work, 1);

        follow(mdm, ahead);

        assertThat(owners(work))
                .containsExactly(
                        ahead.name().value(), mdm.name().value(), ahead.name().value());
        assertThat(rig.whereAre(work))
                .containsExactly("HELD PUSH AWAITS_ENROLMENT", "WAITING PUSH", "HELD PUSH AWAITS_ENROLMENT");
        assertThat(rig.bean(Audit.class).of(new Eid(eid(work, 1))))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.sync()).isEqualTo(mdm.name());
                    assertThat(entry.action()).isEqualTo("take-over");
                    assertThat(entry.reason()).contains("made ready by sync " + ahead.name());
                });
        Work push = rig.due(mdm, Work.Kind.PUSH);
        assertThat(push.ids()).containsExactly(work.ids().get(1));
        assertThat(rig.intended(push)).isNotNull();
    }

    @Test
    void itIsTakenAtAnEarlierStepToo() {
        Work work = rig.work(ahead, Work.Kind.AWAIT, 1);
        own(ahead);
        shows(mdm, work, 0);

        follow(mdm, ahead);
        assertThat(owners(work)).as("in flight").containsExactly(ahead.name().value());

        jdbc.sql("update device set place = 'WAITING'").update();
        follow(mdm, ahead);
        assertThat(owners(work)).containsExactly(mdm.name().value());
        assertThat(rig.whereAre(work)).containsExactly("WAITING AWAIT");
    }

    @Test
    void aLateAnswerEndsTheDoubtAboutADeviceWhereverItIsNow() {
        Work work = rig.work(ahead, Work.Kind.ASSIGN, 2);
        AssignCall call = takenOverInDoubt(work);

        rig.accept(work, call);

        assertThat(rig.whereAre(work)).containsOnly("WAITING AWAIT");
        assertThat(owners(work))
                .containsExactly(ahead.name().value(), mdm.name().value());
        rig.wait(Duration.ofMinutes(1));
        Work poll = rig.due(mdm, Work.Kind.AWAIT);
        assertThat(poll.devices())
                .singleElement()
                .satisfies(device -> assertThat(device.requestId()).isEqualTo("r-1"));
        assertThat(rig.bean(Audit.class).of(new Eid(eid(work, 1))))
                .filteredOn(entry -> entry.action().equals("late-answer"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.sync()).isEqualTo(mdm.name()));
        assertThat(rig.due(mdm, Work.Kind.ASSIGN).devices()).isEmpty();
    }

    /** The refusal is that of the sync that made the call; the other one asks for itself. */
    @Test
    void aLateRefusalEndsItToo() {
        Work work = rig.work(ahead, Work.Kind.ASSIGN, 2);
        AssignCall call = takenOverInDoubt(work);

        rig.fail(work, call, new HttpOperationFailedException("https://celona", 401, "", null, Map.of(), "{}"));

        assertThat(rig.whereAre(work)).containsExactly("WAITING ASSIGN BAD_CREDENTIALS", "WAITING ASSIGN");
        assertThat(rig.quarantineOf(ahead)).isEqualTo("BAD_CREDENTIALS");
        assertThat(rig.quarantineOf(mdm)).isEqualTo("-");
        assertThat(rig.due(mdm, Work.Kind.ASSIGN).ids())
                .containsExactly(work.ids().get(1));
    }

    /** Both devices of the work are in doubt, and the second one has another sync. */
    private AssignCall takenOverInDoubt(Work work) {
        own(ahead);
        AssignCall call = (AssignCall) Objects.requireNonNull(rig.intended(work));
        rig.fail(work, call, new SocketTimeoutException("Read timed out"));
        assertThat(rig.whereAre(work)).containsOnly("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        shows(mdm, work, 1);
        follow(mdm, ahead);
        assertThat(owners(work))
                .containsExactly(ahead.name().value(), mdm.name().value());
        return call;
    }

    @Test
    void oneThatItsSyncTakesUpAtThatMomentStaysThere() {
        Work work = rig.work(ahead, Work.Kind.AWAIT, 2);
        own(ahead);
        shows(mdm, work, 0);
        shows(mdm, work, 1);
        jdbc.sql("update device set place = 'WAITING'").update();
        jdbc.sql("update device set place = 'HELD' where id = :id")
                .param("id", work.ids().get(1))
                .update();
        StepRig replica = rig.replica();
        List<Long> taken = new ArrayList<>();

        int takenOver = rig.in(() -> rig.bean(Ownership.class)
                .takeOverPrepared(mdm.name(), "104242", ahead.name(), (device, eid) -> {
                    taken.addAll(replica.due(ahead, Work.Kind.AWAIT).ids());
                    return true;
                }));

        assertThat(taken).containsExactly(work.ids().get(0));
        assertThat(takenOver).isEqualTo(1);
        assertThat(owners(work))
                .containsExactly(ahead.name().value(), mdm.name().value());
        assertThat(rig.whereAre(work).get(0)).isEqualTo("IN_FLIGHT AWAIT");
    }

    @Test
    void aNightsGuardsCountNoDeviceWhoseEsimIsReady() {
        Work work = prepared(ahead, 3);
        Sync arriving = arriving();

        Run night = night(arriving, work, 0, 3, 1);

        assertThat(rig.bean(Plans.class).latest(arriving.name()).orElseThrow().guard())
                .isNull();
        assertThat(rig.whereAre(work)).containsOnly("WAITING PUSH");
        assertThat(owners(work)).containsOnly(arriving.name().value());
        assertThat(assigning(arriving)).isEqualTo(1);
        assertThat(night.planned()).isEqualTo(1);
    }

    /** Apple shows it as long as the company has it, and a lost phone must get no other eSIM. */
    @Test
    void whatTheSyncOfAnMdmHasRetiredIsNotMadeReadyAgain() {
        Work work = rig.work(mdm, Work.Kind.PUSH, 2);
        jdbc.sql("update device set place = 'RETIRED', step = 'RETIRED', owned_eid = null")
                .update();
        Sync boxes = rig.sync(
                "mdm.platform",
                "apple-business",
                "mdm.apple-business.server",
                "Intune",
                "guards.max-new",
                "1",
                "guards.max-new-percent",
                "1000");

        night(boxes, work, 0, 2, 1);

        assertThat(rig.bean(Plans.class).latest(boxes.name()).orElseThrow().guard())
                .isNull();
        assertThat(assigning(boxes)).isEqualTo(1);
        assertThat(rig.whereAre(work)).containsOnly("RETIRED RETIRED");
        assertThat(jdbc.sql("select count(*) from device where sync = :sync")
                        .param("sync", boxes.name().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aPreviewCountsAsTheNextNightDoes() {
        Work work = rig.work(mdm, Work.Kind.PUSH, 4);
        jdbc.sql("update device set owned_eid = eid").update();
        jdbc.sql("update device set place = 'RETIRED', step = 'RETIRED', owned_eid = null where id in (:ids)")
                .param("ids", work.ids().subList(0, 2))
                .update();
        Sync boxes = rig.sync(
                "mdm.platform", "apple-business", "mdm.apple-business.server", "Intune", "guards.max-new", "2");

        night(boxes, work, 0, 4, 3);

        assertThat(rig.bean(Plans.class).latest(boxes.name()).orElseThrow().devices())
                .isEqualTo(3);
        PreviewReport preview = preview(boxes);
        assertThat(preview.byOutcome()).isEqualTo(Map.of("ADMITTED", 3, "OWNED_BY_OTHER_SYNC", 4));
        assertThat(preview.guard()).isEqualTo(ReasonCode.MAX_NEW);
    }

    @Test
    void aPreviewCountsWhatWasAdmittedByDay() {
        Work work = rig.work(mdm, Work.Kind.PUSH, 1);
        Sync arriving = arriving();
        Run night = night(arriving, work, 0, 0, 0);
        rig.run(() -> additions().admit(arriving, night, shown(work, 0, 0, 1)));

        night(arriving, true, work, 0, 0, 1);

        assertThat(rig.bean(Plans.class).latest(arriving.name()).orElseThrow().guard())
                .isEqualTo(ReasonCode.MAX_NEW);
        assertThat(preview(arriving).guard()).isEqualTo(ReasonCode.MAX_NEW);
    }

    @Test
    void aPreviewAdmitsNoDeviceThatTheLatestPullMissed() {
        Work work = rig.work(mdm, Work.Kind.PUSH, 1);
        Sync arriving = arriving();
        night(arriving, work, 0, 0, 5);

        night(arriving, work, 0, 0, 2);

        assertThat(rig.bean(Plans.class).latest(arriving.name()).orElseThrow().devices())
                .isEqualTo(2);
        assertThat(preview(arriving).byOutcome()).isEqualTo(Map.of("ADMITTED", 2));
    }

    private PreviewReport preview(Sync sync) {
        return rig.in(() -> rig.bean(Preview.class).of(sync, 10, ""));
    }

    @Test
    void whatOneMdmsSyncHasRetiredIsANewDeviceInAnotherMdm() {
        Work work = rig.work(mdm, Work.Kind.PUSH, 1);
        jdbc.sql("update device set place = 'RETIRED', step = 'RETIRED', owned_eid = null")
                .update();
        Sync arriving = arriving();

        night(arriving, work, 0, 1, 0);

        assertThat(assigning(arriving)).isEqualTo(1);
    }

    @Test
    void aNightsGuardsCountNoDeviceOfAnotherSync() {
        Work work = rig.work(mdm, Work.Kind.PUSH, 3);
        own(mdm);
        Sync arriving = arriving();

        night(arriving, work, 0, 3, 1);

        assertThat(rig.bean(Plans.class).latest(arriving.name()).orElseThrow().guard())
                .isNull();
        assertThat(owners(work)).containsOnly(mdm.name().value());
        assertThat(assigning(arriving)).isEqualTo(1);
    }

    @Test
    void byDayAGuardHoldsBackNoDeviceWhoseEsimIsReady() {
        Work work = prepared(ahead, 3);
        Sync arriving = arriving();
        Run night = night(arriving, work, 0, 0, 1);
        Additions additions = additions();

        rig.run(() -> additions.admit(arriving, night, shown(work, 0, 2, 2)));

        assertThat(owners(work))
                .containsExactly(
                        arriving.name().value(),
                        arriving.name().value(),
                        ahead.name().value());
        assertThat(rig.whereAre(work).subList(0, 2)).containsOnly("WAITING PUSH");
        assertThat(assigning(arriving)).as("of the night alone").isEqualTo(1);
        Look look = rig.bean(Looks.class).find(arriving.name()).orElseThrow();
        assertThat(look).extracting(Look::found, Look::admitted, Look::code).containsExactly(4, 0, "MAX_NEW");
        assertThat(look.reason()).contains("2 new devices");

        rig.run(() -> additions.admit(arriving, night, shown(work, 2, 3, 1)));

        assertThat(owners(work)).containsOnly(arriving.name().value());
        assertThat(assigning(arriving)).isEqualTo(2);
    }

    private Additions additions() {
        return new Additions(
                rig.bean(Inventory.class),
                rig.bean(Fleet.class),
                rig.bean(Newcomers.class),
                takeovers(ahead),
                rig.bean(Ownership.class),
                rig.bean(Looks.class));
    }

    /** One new device trips no guard of it, two do. */
    private Sync arriving() {
        return rig.sync("guards.max-new", "1", "guards.max-new-percent", "1000", "default-group", "", "between", "15m");
    }

    private Run night(Sync sync, Work work, int from, int to, int more) {
        return night(sync, false, work, from, to, more);
    }

    private Run night(Sync sync, boolean planOnly, Work work, int from, int to, int more) {
        Runs runs = rig.bean(Runs.class);
        runs.open(sync.name(), Run.Cause.NIGHTLY, planOnly, Duration.ofHours(2));
        Run run = runs.open(sync.name()).orElseThrow();
        Planner planner = new Planner(
                rig.bean(Inventory.class),
                rig.bean(Fleet.class),
                rig.bean(DriftWatch.class),
                runs,
                rig.bean(Plans.class),
                new ScopeKeeper(takeovers(ahead), rig.bean(ScopedDevices.class), rig.bean(DeviceTransitions.class)),
                rig.bean(Newcomers.class),
                rig.bean(MissingRecords.class),
                rig.bean(PastRuns.class),
                rig.bean(DeviceCounts.class),
                rig.bean(Looks.class),
                rig.bean(Clock.class));
        rig.run(() -> {
            Pull pull = rig.bean(Inventory.class).begin(run);
            rig.bean(Inventory.class).stage(pull, shown(work, from, to, more), EidCheck.OFF);
            pull.completed(false);
            planner.plan(sync, pull);
        });
        runs.close(run.id(), Run.Outcome.SUCCESS, null, null, Map.of());
        return runs.find(run.id()).orElseThrow();
    }

    /** Devices of the work, and others that nobody knows. */
    private List<MdmDevice> shown(Work work, int from, int to, int more) {
        List<MdmDevice> shown = new ArrayList<>();
        work.devices().subList(from, to).forEach(device -> shown.add(device.mdm()));
        for (int i = 0; i < more; i++) {
            String number = "%010d".formatted(++numbers);
            shown.add(MdmDevice.builder("new-" + number)
                    .managementId("management-" + number)
                    .os("iOS")
                    .eid("8904903212345123457777" + number)
                    .build());
        }
        return shown;
    }

    private long assigning(Sync sync) {
        return jdbc.sql("select count(*) from device where sync = :sync and place = 'WAITING' and step = 'ASSIGN'")
                .param("sync", sync.name().value())
                .query(Long.class)
                .single();
    }

    @Test
    void aSyncWhoseScopeLeavesItOutDoesNotTakeIt() {
        Work work = prepared(ahead, 1);
        String serial = work.devices().get(0).mdm().serialNumber();
        Sync other = rig.sync("scope.exclude-ids", serial);
        shows(other, work, 0);

        follow(other, ahead);

        assertThat(owners(work)).containsExactly(ahead.name().value());
    }

    @Test
    void whatTheMdmNoLongerShowsDoesNotComeBack() {
        Work work = prepared(ahead, 1);
        shows(mdm, work, 0);
        follow(mdm, ahead);
        shows(mdm, false);

        follow(ahead, ahead);

        assertThat(owners(work)).containsExactly(mdm.name().value());
    }

    @Test
    void ofTwoServicesOneTakesWhatTheOtherNoLongerShows() {
        Sync other = ahead();
        Work work = prepared(ahead, 1);
        shows(other, work, 0);

        follow(other, ahead, other);
        assertThat(owners(work)).as("both show it").containsExactly(ahead.name().value());

        shows(ahead, false);
        follow(other, ahead, other);
        assertThat(owners(work)).containsExactly(other.name().value());
        assertThat(rig.whereAre(work)).containsExactly("HELD PUSH AWAITS_ENROLMENT");
    }

    @Test
    void withAFolderForOrdersItGoesOnHere(@TempDir Path folder) {
        Sync orders = rig.sync(
                "mdm.platform",
                "apple-business",
                "mdm.apple-business.server",
                "Intune",
                "mdm.folder",
                folder.toString());
        Work work = rig.work(orders, Work.Kind.PUSH, 1);

        assertThat(rig.intended(work)).isNotNull();
    }
}
