package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.LookOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.report.NoticeSource;
import io.celonamdm.ledger.report.NoticeSource.Failing;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.planning.Planner;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a look between the nights admits, when a sync looks, and what follows from a look that fails. */
@Tag(TestDatabase.POSTGRESQL)
class LooksByDayTests {
    private static final String[] ANY_PERCENTAGE = {"guards.max-new-percent", "1000"};

    private static StepRig rig = new StepRig();
    private static int numbers;

    private final LooksByDay byDay = rig.bean(LooksByDay.class);
    private final Looks looks = rig.bean(Looks.class);
    private final Runs runs = rig.bean(Runs.class);
    private final DueWorkPolicy policy = rig.bean(DueWorkPolicy.class);
    private final JdbcClient jdbc = rig.bean(JdbcClient.class);

    @BeforeAll
    static void haveAClockOfItsOwn() {
        rig = new StepRig();
    }

    private Sync sync(String... more) {
        String[] settings = Arrays.copyOf(more, more.length + 4);
        settings[more.length] = "between";
        settings[more.length + 1] = "15m";
        settings[more.length + 2] = "default-group";
        settings[more.length + 3] = "";
        Sync sync = rig.sync(settings);
        looks.begin(sync.name(), rig.now());
        return sync;
    }

    /** A sync after a night that has shown some devices and admitted them. */
    private Sync afterANight(int devices, String... more) {
        Sync sync = sync(more);
        night(sync, devices(devices));
        return sync;
    }

    private Run night(Sync sync, List<MdmDevice> shown) {
        return run(sync, shown, false);
    }

    private Run run(Sync sync, List<MdmDevice> shown, boolean planOnly) {
        runs.open(sync.name(), Run.Cause.NIGHTLY, planOnly, Duration.ofHours(2));
        Run run = runs.open(sync.name()).orElseThrow();
        Inventory inventory = rig.bean(Inventory.class);
        rig.run(() -> {
            Pull pull = inventory.begin(run);
            inventory.stage(pull, shown, EidCheck.OFF);
            pull.completed(false);
            rig.bean(Planner.class).plan(sync, pull);
        });
        runs.close(run.id(), Run.Outcome.SUCCESS, null, null, Map.of());
        return runs.find(run.id()).orElseThrow();
    }

    private static List<MdmDevice> devices(int number) {
        return Stream.generate(LooksByDayTests::device).limit(number).toList();
    }

    private static MdmDevice device() {
        int number = ++numbers;
        return MdmDevice.builder("mdm-" + number)
                .managementId("management-" + number)
                .name("Phone " + number)
                .serialNumber("L" + number)
                .os("iOS")
                .eid("8904903212345123459999%010d".formatted(number))
                .enrolledAt(Instant.parse("2026-11-20T00:00:00Z"))
                .build();
    }

    private void look(Sync sync, List<MdmDevice> shown) {
        rig.wait(Duration.ofMinutes(15));
        assertThat(byDay.begin(sync)).isNotNull();
        byDay.found(sync, InventoryPage.of(shown));
    }

    private Look state(Sync sync) {
        return looks.find(sync.name()).orElseThrow();
    }

    private Optional<Instant> due(Sync sync) {
        return policy.lookDueAt(sync, runs.open(sync.name()));
    }

    private long count(String what, Sync sync) {
        return jdbc.sql("select count(*) from " + what)
                .param("sync", sync.name().value())
                .query(Long.class)
                .single();
    }

    private long admitted(Sync sync) {
        return count("device where sync = :sync and place = 'WAITING' and step = 'ASSIGN'", sync);
    }

    @Test
    void newDevicesAreAdmittedAndTheOthersStayAsTheyAre() {
        Sync sync = sync(ANY_PERCENTAGE);
        List<MdmDevice> known = devices(3);
        Run night = night(sync, known);
        String before = jdbc.sql("select string_agg(record, ',' order by id) from inventory where sync = :sync")
                .param("sync", sync.name().value())
                .query(String.class)
                .single();
        MdmDevice renamed = MdmDevice.builder(known.get(0).id())
                .name("Another name")
                .os("iOS")
                .eid(known.get(0).eid())
                .build();
        MdmDevice fresh = device();

        look(sync, List.of(fresh, renamed));

        assertThat(admitted(sync)).isEqualTo(4);
        assertThat(count("inventory where sync = :sync and present", sync)).isEqualTo(4);
        assertThat(count("missed where sync = :sync", sync)).isZero();
        assertThat(jdbc.sql(
                                "select string_agg(record, ',' order by id) from inventory where sync = :sync and eid <> :eid")
                        .param("sync", sync.name().value())
                        .param("eid", fresh.eid())
                        .query(String.class)
                        .single())
                .as("records that the night has shown")
                .isEqualTo(before);
        assertThat(runs.latest(sync.name()).orElseThrow().id())
                .as("no run is written")
                .isEqualTo(night.id());
        assertThat(state(sync)).extracting(Look::found, Look::admitted).containsExactly(1, 1);
    }

    @Test
    void aLookThatFindsNothingNewWritesNothingElse() {
        Sync sync = sync();
        List<MdmDevice> known = devices(2);
        night(sync, known);

        look(sync, known);
        look(sync, List.of());

        assertThat(admitted(sync)).isEqualTo(2);
        assertThat(state(sync))
                .extracting(Look::found, Look::failures, Look::code)
                .containsExactly(0, 0, null);
    }

    @Test
    void recordsThatCannotBeServedWaitForTheNight() {
        Sync sync = afterANight(1, ANY_PERCENTAGE);
        MdmDevice good = device();
        MdmDevice older = MdmDevice.builder("older")
                .os("iOS")
                .eid(good.eid())
                .enrolledAt(Instant.parse("2020-01-01T00:00:00Z"))
                .build();

        look(
                sync,
                List.of(
                        MdmDevice.builder("no-eid").os("iOS").build(),
                        MdmDevice.builder("odd").os("iOS").eid("12").build(),
                        MdmDevice.builder("").os("iOS").eid(device().eid()).build(),
                        MdmDevice.builder("personal")
                                .eid(device().eid())
                                .excluded(ReasonCode.USER_ENROLLED)
                                .build(),
                        older,
                        good));

        assertThat(admitted(sync)).isEqualTo(2);
        assertThat(jdbc.sql("select mdm_id from inventory where eid = :eid")
                        .param("eid", good.eid())
                        .query(String.class)
                        .single())
                .isEqualTo(good.id());
        assertThat(count("finding f join run r on r.id = f.run_id where r.sync = :sync", sync))
                .isZero();
    }

    @Test
    void scopeAndGroupRulesDecideAsAtNight() {
        Sync sync = afterANight(1, "scope.exclude[0].name", "Phone*");
        List<MdmDevice> outside = devices(2);

        look(sync, outside);

        assertThat(admitted(sync)).isZero();
        assertThat(state(sync).found()).isZero();
        assertThat(count("device where sync = :sync", sync))
                .as("out of scope, not a device of the sync")
                .isZero();
    }

    @Test
    void theGuardCountsTheDayAndLeavesWhatIsTooMuchToTheNight() {
        Sync sync = afterANight(3, "guards.max-new", "3", "guards.max-new-percent", "1000");

        look(sync, devices(2));
        List<MdmDevice> more = devices(2);
        look(sync, more);

        assertThat(admitted(sync)).isEqualTo(5);
        assertThat(count("inventory where sync = :sync", sync))
                .as("nothing of the second look")
                .isEqualTo(5);
        assertThat(state(sync))
                .extracting(Look::found, Look::admitted, Look::code)
                .containsExactly(2, 2, "MAX_NEW");
        assertThat(failing(sync)).containsExactly("LOOKS_HELD");
        look(sync, devices(1));
        assertThat(admitted(sync)).as("the rest of the day's share").isEqualTo(6);
        assertThat(failing(sync)).isEmpty();
    }

    @Test
    void aRunThatOnlyPlansTakesNoDeviceFromTheLooks() {
        Sync sync = sync("guards.max-new", "3", "guards.max-new-percent", "1000", "scope.exclude[0].name", "Phone*0");
        List<MdmDevice> fleet = new ArrayList<>(devices(3));
        night(sync, fleet);
        long before = admitted(sync);
        List<MdmDevice> enrolled = devices(3);
        fleet.addAll(enrolled);
        run(sync, fleet, true);
        assertThat(admitted(sync)).isEqualTo(before);
        int inScope = (int)
                enrolled.stream().filter(device -> !device.name().endsWith("0")).count();

        look(sync, fleet);

        assertThat(admitted(sync)).isEqualTo(before + inScope);
        assertThat(state(sync)).extracting(Look::found, Look::admitted).containsExactly(inScope, inScope);
        look(sync, fleet);
        assertThat(state(sync).found()).isZero();
        assertThat(count("inventory where sync = :sync", sync)).isEqualTo(6);
    }

    @Test
    void beforeTheFirstNightALookAdmitsNothingThatAPlanHasShown() {
        Sync sync = sync(ANY_PERCENTAGE);
        List<MdmDevice> fleet = devices(3);
        run(sync, fleet, true);

        look(sync, fleet);

        assertThat(admitted(sync)).isZero();
        assertThat(state(sync).found()).isZero();
    }

    @Test
    void thePercentageIsOfTheDevicesBeforeTheDay() {
        Sync sync = afterANight(10, "guards.max-new-percent", "20");

        look(sync, devices(1));
        look(sync, devices(1));
        look(sync, devices(1));

        assertThat(admitted(sync)).isEqualTo(12);
        assertThat(state(sync).code()).isEqualTo("MAX_NEW_PERCENT");
    }

    @Test
    void theNightCountsWhatLooksHaveAdmittedAndBeginsANewDay() {
        Sync sync = sync("guards.max-new", "3", "guards.max-new-percent", "1000");
        List<MdmDevice> fleet = new ArrayList<>(devices(3));
        night(sync, fleet);
        List<MdmDevice> byDay = devices(2);
        look(sync, byDay);
        fleet.addAll(byDay);
        fleet.addAll(devices(2));

        night(sync, fleet);

        assertThat(admitted(sync)).as("four within a day are too many").isEqualTo(5);
        assertThat(rig.bean(Plans.class).latest(sync.name()).orElseThrow().guard())
                .isEqualTo(ReasonCode.MAX_NEW);
        assertThat(due(sync)).as("no look while a plan waits for a person").isEmpty();

        fleet.remove(fleet.size() - 1);
        night(sync, fleet);
        night(sync, fleet);

        assertThat(admitted(sync)).isEqualTo(6);
        assertThat(state(sync).admitted()).isZero();
        assertThat(due(sync)).isPresent();
    }

    @Test
    void aSyncLooksOnlyBetweenItsNightsAndOnlyIfItMayCall() {
        Sync sync = sync();
        assertThat(due(sync)).as("before the first inventory").isEmpty();
        night(sync, devices(1));
        Instant due = due(sync).orElseThrow();
        assertThat(policy.nextFiring(sync, Optional.empty())).isPresent();

        SyncStates states = rig.bean(SyncStates.class);
        states.stop(sync.name(), Stop.Kind.PAUSED, "why");
        assertThat(due(sync)).as("paused").isEmpty();
        states.resume(sync.name());
        states.quarantine(
                sync.name(), null, ReasonCode.FORBIDDEN, "why", rig.now().plusSeconds(60));
        assertThat(due(sync)).as("quarantined").isEmpty();
        states.release(sync.name());
        runs.open(sync.name(), Run.Cause.ON_DEMAND, false, Duration.ofHours(2));
        assertThat(due(sync)).as("a run is open").isEmpty();
        runs.close(runs.open(sync.name()).orElseThrow().id(), Run.Outcome.SUCCESS, null, null, Map.of());
        assertThat(due(sync)).contains(due);

        Sync planOnly = sync("plan-only", "true");
        night(planOnly, devices(1));
        assertThat(due(planOnly)).as("plans only").isEmpty();
        assertThat(byDay.begin(planOnly)).isNull();
    }

    @Test
    void aDueLookIsTakenOnce() {
        Sync sync = afterANight(1);

        LookOrder order = byDay.begin(sync);

        assertThat(order).isNotNull();
        assertThat(byDay.begin(sync)).as("another replica").isNull();
        assertThat(state(sync).dueAt()).isEqualTo(rig.now().plus(Duration.ofMinutes(15)));
        assertThat(order.enrolledSince()).isBefore(order.seenSince());
    }

    @Test
    void ofReplicasThatAskAtTheSameMomentOneLooks() throws Exception {
        Sync sync = afterANight(1);
        LooksByDay other = rig.replica().bean(LooksByDay.class);
        CyclicBarrier moment = new CyclicBarrier(2);
        for (int i = 0; i < 30; i++) {
            rig.wait(Duration.ofMinutes(15));
            CompletableFuture<Boolean> there = CompletableFuture.supplyAsync(() -> looks(other, sync, moment));
            boolean here = looks(byDay, sync, moment);

            assertThat(List.of(here, there.get())).containsExactlyInAnyOrder(true, false);
        }
    }

    private static boolean looks(LooksByDay replica, Sync sync, CyclicBarrier moment) {
        try {
            moment.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return replica.begin(sync) != null;
    }

    @Test
    void aFailedLookIsMadeAgainSoonAndToldOnceItFailsRepeatedly() {
        Sync sync = afterANight(1);
        Failure failure = new Failure(Failure.Kind.OUTCOME_UNKNOWN, ReasonCode.VENDOR_ERROR, "status 500", null);

        for (int i = 0; i < 2; i++) {
            fail(sync, failure);
            assertThat(failing(sync)).as("failure %d", i).isEmpty();
            assertThat(due(sync).orElseThrow()).isBeforeOrEqualTo(rig.now().plus(Duration.ofMinutes(15)));
        }
        fail(sync, failure);

        assertThat(failing(sync)).containsExactly("LOOKS_FAILING");
        assertThat(state(sync))
                .extracting(Look::failures, Look::code, Look::reason)
                .containsExactly(3, "VENDOR_ERROR", "status 500");
        look(sync, List.of());
        assertThat(failing(sync)).isEmpty();
        assertThat(state(sync).code()).isNull();
    }

    @Test
    void refusedCredentialsQuarantineTheSync() {
        Sync sync = afterANight(1);

        fail(sync, new Failure(Failure.Kind.CONFIGURATION, ReasonCode.FORBIDDEN, "status 403", null));

        assertThat(rig.quarantineOf(sync)).isEqualTo("FORBIDDEN");
        assertThat(due(sync)).isEmpty();
    }

    @Test
    void settingsWithoutLooksEndThem() {
        Sync sync = afterANight(1);
        Failure failure = new Failure(Failure.Kind.OUTCOME_UNKNOWN, ReasonCode.VENDOR_ERROR, "status 500", null);
        for (int i = 0; i < 3; i++) {
            fail(sync, failure);
        }

        looks.end(sync.name());

        assertThat(failing(sync)).isEmpty();
        assertThat(state(sync).dueAt()).isNull();
    }

    @Test
    void aCallBringsALookForwardButNotMoreOftenThanOnceAMinute() {
        Sync sync = afterANight(1);
        assertThat(byDay.begin(sync)).isNotNull();

        for (int i = 0; i < 100; i++) {
            looks.bringForward(sync.name(), rig.now().plus(Duration.ofMinutes(1)));
        }

        assertThat(due(sync)).contains(rig.now().plus(Duration.ofMinutes(1)));
        assertThat(looks.bringForward(sync.name(), rig.now().plus(Duration.ofMinutes(1))))
                .isFalse();
    }

    @Test
    void aDoubtfulAssignmentStopsTheOthersOfTheDay() {
        Sync sync = afterANight(1);

        long doubtful = jdbc.sql("select id from device where sync = :sync")
                .param("sync", sync.name().value())
                .query(Long.class)
                .single();
        rig.run(() -> rig.bean(InDoubt.class).begin(sync.name(), List.of(doubtful), "why"));
        look(sync, devices(1));

        assertThat(policy.allowed(sync).kinds()).doesNotContain(Work.Kind.ASSIGN);
    }

    private void fail(Sync sync, Failure failure) {
        rig.wait(Duration.ofMinutes(15));
        assertThat(byDay.begin(sync)).isNotNull();
        byDay.failed(sync, new KnownFailure(failure));
    }

    private static List<String> failing(Sync sync) {
        return rig.bean(NoticeSource.class).failing().stream()
                .filter(each -> each.sync().equals(sync.name()))
                .map(Failing::code)
                .toList();
    }
}
