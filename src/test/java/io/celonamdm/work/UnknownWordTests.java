package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.FailureCounters;
import io.celonamdm.ledger.device.FailureCounters.FailureCount;
import io.celonamdm.ledger.device.Redrives;
import io.celonamdm.ledger.inventory.Drift;
import io.celonamdm.ledger.inventory.Drifts;
import io.celonamdm.ledger.report.DeviceHistory;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.retention.Erasure;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A word that a newer version has written, and that this one does not know, hides nothing else and stops nothing. */
@Tag(TestDatabase.POSTGRESQL)
class UnknownWordTests {
    private final StepRig rig = new StepRig();
    private final JdbcClient jdbc = rig.bean(JdbcClient.class);
    private final Sync sync = rig.sync();

    private int set(String assignment, String table, String which) {
        return jdbc.sql("update " + table + " set " + assignment + " where " + which)
                .param("sync", sync.name().value())
                .update();
    }

    private void firstOnly(String assignment, String table) {
        assertThat(set(assignment, table, "id = (select min(id) from " + table + " where sync = :sync)"))
                .isEqualTo(1);
    }

    private Work dead(int devices) {
        Work work = rig.work(sync, Work.Kind.PUSH, devices);
        rig.run(() -> rig.bean(DeadLetters.class).add(work.ids(), ReasonCode.COMMAND_FAILED, "refused", null));
        return work;
    }

    @Test
    void theStepOfADeadLetterHidesNoOther() {
        Work work = dead(3);
        firstOnly("step = 'BILL', redrive_at = last_at", "dead_letter");

        assertThat(rig.bean(DeadLetters.class).list(sync.name(), null, 10)).hasSize(2);
        assertThat(rig.bean(Redrives.class).open(sync.name(), (ReasonCode) null))
                .hasSize(2);
        assertThat(rig.bean(Redrives.class)
                        .open(
                                sync.name(),
                                work.devices().stream().map(Device::eid).toList()))
                .hasSize(2);
        rig.wait(Duration.ofDays(1));
        assertThat(rig.bean(Redrives.class).due(sync.name())).isEmpty();
        assertThat(rig.bean(DeviceHistory.class)
                        .deadLetters(sync.name(), work.devices().get(0).eid()))
                .isEmpty();
    }

    @Test
    void theCodeOfADeadLetterIsTold() {
        Work work = dead(2);
        firstOnly("code = 'STOLEN', redrive_at = last_at", "dead_letter");
        rig.wait(Duration.ofDays(1));

        assertThat(rig.bean(DeadLetters.class).list(sync.name(), null, 10))
                .extracting(DeadLetter::code, DeadLetter::reason)
                .containsExactlyInAnyOrder(
                        tuple(ReasonCode.OTHER, "STOLEN: refused"), tuple(ReasonCode.COMMAND_FAILED, "refused"));
        assertThat(rig.bean(Redrives.class).open(sync.name(), (ReasonCode) null))
                .hasSize(2);
        assertThat(rig.bean(Redrives.class).due(sync.name()))
                .extracting(Redrives.Open::device)
                .containsExactly(work.ids().get(0));
    }

    @Test
    void aCallOfAnotherStepHidesNoOther() {
        Work work = rig.work(sync, Work.Kind.PUSH, 1);
        rig.intended(work);
        rig.intended(work);
        firstOnly("step = 'BILL'", "journal");

        assertThat(rig.bean(DeviceHistory.class)
                        .calls(sync.name(), work.devices().get(0).eid()))
                .hasSize(1);
    }

    @Test
    void aRunThatEndedInAnotherWayHasFailed() {
        Runs runs = rig.bean(Runs.class);
        rig.run(() -> {
            runs.open(sync.name(), Run.Cause.NIGHTLY, false, Duration.ofHours(1));
            runs.close(runs.open(sync.name()).orElseThrow().id(), Run.Outcome.SUCCESS, null, null, Map.of());
        });
        firstOnly(
                "outcome = 'MOSTLY', cause = 'WEEKLY', pull = 'HALF', plan_at = opened_at, plan_guard = 'MOOD'", "run");

        assertThat(runs.history(sync.name(), 10)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Run.Outcome.FAILED);
            assertThat(run.reason()).contains("MOSTLY");
        });
        assertThat(rig.bean(Plans.class).latest(sync.name()).orElseThrow().guard())
                .isEqualTo(ReasonCode.OTHER);
        assertThat(rig.bean(SyncSnapshots.class).of(sync.name()).lastRun()).isNotNull();
    }

    @Test
    void aQuarantineOfAnotherKindStays() {
        assertThat(set(
                        "quarantine_code = 'STRIKE', quarantine_reason = 'all out', quarantined_at = current_timestamp,"
                                + " quarantine_until = current_timestamp, quarantine_origins = 'BILL,PUSH', stopped = 'FROZEN',"
                                + " stopped_reason = '', stopped_at = current_timestamp",
                        "sync",
                        "name = :sync"))
                .isEqualTo(1);

        SyncStates.SyncState state =
                rig.bean(SyncStates.class).find(sync.name()).orElseThrow();
        assertThat(state.quarantine()).isNotNull().satisfies(quarantine -> {
            assertThat(quarantine.code()).isEqualTo(ReasonCode.OTHER);
            assertThat(quarantine.reason()).isEqualTo("STRIKE: all out");
            assertThat(quarantine.origins()).containsExactly(Origin.PUSH);
        });
        assertThat(state.stop())
                .isNotNull()
                .satisfies(stop -> assertThat(stop.kind()).isEqualTo(SyncStates.Stop.Kind.PAUSED));
    }

    @Test
    void dueWorkGoesOn() {
        rig.work(sync, Work.Kind.PUSH, 3);
        assertThat(set(
                        "place = 'WAITING', due_at = created_at, op_code = 'DANCE', warning = 'ODD'",
                        "device",
                        "sync = :sync"))
                .isEqualTo(3);

        assertThat(rig.due(sync, Work.Kind.PUSH).devices()).hasSize(3);
    }

    @Test
    void countsOfAnotherStepStopNoFiring() {
        rig.run(() -> rig.bean(FailureCounters.class)
                .keep(sync.name(), Map.of(Step.PUSH, new FailureCount(1, 2, 3, 4, 0, null))));
        jdbc.sql("insert into streak (sync, step, run_id, in_a_row, good, bad) values (:sync, 'BILL', 1, 1, 1, 1)")
                .param("sync", sync.name().value())
                .update();

        assertThat(rig.bean(FailureCounters.class).of(sync.name())).containsOnlyKeys(Step.PUSH);
    }

    @Test
    void aReadingAndADriftOfAnotherKindHideNoOther() {
        jdbc.sql("insert into reading (sync, reading, eid, seen_at) values (:sync, 'BOTH', '1', current_timestamp)")
                .param("sync", sync.name().value())
                .update();
        jdbc.sql("insert into drift (sync, eid, code, detail, first_run, since) values"
                        + " (:sync, '89049032000000000000000000000000', 'PAINTED', 'it is red', 1, current_timestamp)")
                .param("sync", sync.name().value())
                .update();

        assertThat(rig.bean(Readings.class).proofs(sync.name())).isEmpty();
        assertThat(rig.bean(Drifts.class).list(sync.name(), null, 10))
                .extracting(Drift::code, Drift::detail)
                .containsExactly(tuple(ReasonCode.OTHER, "PAINTED: it is red"));
    }

    @Test
    void aDeviceInAnUnknownPlaceIsNotErased() {
        Work work = rig.work(sync, Work.Kind.PUSH, 1);
        set("place = 'NOWHERE'", "device", "sync = :sync");
        set("present = false, gone_at = current_timestamp", "inventory", "sync = :sync");

        assertThat(rig.bean(Erasure.class).of(work.devices().get(0).eid()))
                .singleElement()
                .satisfies(stored -> assertThat(stored.obstacle()).contains("NOWHERE"));
    }
}
