package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Stop.Kind;
import io.celonamdm.planning.Planner;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The comparison of a fleet by other rules goes piece by piece. Each firing of these tests takes one piece, since their
 * syncs are not in the settings.
 */
@Tag(TestDatabase.POSTGRESQL)
class ComparingTests {
    /** Two full pieces and a half. */
    private static final int FLEET = 1250;

    private static final int PIECES = 3;

    @SuppressWarnings("NullAway.Init")
    private static StepRig rig;

    @SuppressWarnings("NullAway.Init")
    private static Sync sync;

    private final JdbcClient jdbc = rig.bean(JdbcClient.class);
    private final Runs runs = rig.bean(Runs.class);
    private final Comparing comparing = rig.bean(Comparing.class);

    @BeforeAll
    static void begin() {
        rig = new StepRig();
        sync = rig.sync("guards.max-new", "100000");
    }

    /** The devices are done, and were compared by rules that the sync no longer has. */
    @BeforeEach
    void theFleetIsDone() {
        rig.bean(SyncStates.class).resume(sync.name());
        close(runs.open(sync.name()).orElseGet(this::night));
        jdbc.sql("delete from drift").update();
        jdbc.sql("""
                        update device set step = 'DONE', place = 'DONE', due_at = null, done_at = created_at, compared = true,
                            reason = null, iccid_gone_at = null, device_group = '', iccid = '8910521203310' || substring(eid from 27),
                            verified_at = case when mod(cast(substring(eid from 32) as integer), 3) = 0 then created_at end,
                            name = case when eid like '%00' then 'sent so' else (select 'Phone ' || i.mdm_id from inventory i
                                where i.sync = device.sync and i.eid = device.eid) end
                        """).update();
        jdbc.sql("update sync set compared_by = 'other rules', comparing_by = null, compared_to = null")
                .update();
    }

    private Run night() {
        runs.open(sync.name(), Run.Cause.NIGHTLY, false, Duration.ofHours(2));
        Run run = open();
        Inventory inventory = rig.bean(Inventory.class);
        rig.run(() -> {
            Pull pull = inventory.begin(run);
            inventory.stage(pull, devices(), EidCheck.OFF);
            pull.completed(false);
            rig.bean(Planner.class).plan(sync, pull);
        });
        return open();
    }

    private void close(Run run) {
        runs.close(run.id(), Run.Outcome.SUCCESS, null, null, Map.of());
    }

    private Run open() {
        return runs.open(sync.name()).orElseThrow();
    }

    private List<MdmDevice> devices() {
        return IntStream.range(0, FLEET)
                .mapToObj(i -> {
                    String eid = "8904903212345123451234%010d".formatted(10L * i + i % 10);
                    return MdmDevice.builder(String.valueOf(i))
                            .managementId("management-" + i)
                            .name("Phone " + i)
                            .serialNumber("SN" + i)
                            .os("iOS")
                            .eid(eid)
                            .iccids(i % 2 == 0 ? List.of("8910521203310" + eid.substring(26)) : List.of())
                            .build();
                })
                .toList();
    }

    private boolean isOver() {
        return open().comparisonDueAt() == null;
    }

    private int firings() {
        int firings = 0;
        while (!isOver()) {
            comparing.goOn(sync);
            firings++;
            assertThat(firings).isLessThan(10);
        }
        return firings;
    }

    private @Nullable String text(String column) {
        return jdbc.sql("select " + column + " from sync where name = :sync")
                .param("sync", sync.name().value())
                .query((row, number) -> row.getString(1))
                .list()
                .get(0);
    }

    /** What is known of each device after its comparison. */
    private List<String> results() {
        return jdbc.sql("""
                        select d.eid || ' ' || case when d.compared then 'compared' else 'new' end
                            || case when d.verified_at is null then '' else ' verified' end
                            || case when d.iccid_gone_at is null then '' else ' gone' end
                            || coalesce(' ' || x.code || ': ' || x.detail, '')
                        from device d left join drift x on x.sync = d.sync and x.eid = d.eid order by d.eid, x.code
                        """).query(String.class).list();
    }

    @Test
    void theResultIsThatOfOneGo() {
        night();
        assertThat(firings()).isEqualTo(PIECES + 1);
        List<String> inPieces = results();

        theFleetIsDone();
        Run run = night();
        rig.run(() -> {
            while (rig.bean(Planner.class).compareSome(sync, run)) {}
        });
        assertThat(inPieces)
                .isEqualTo(results())
                .anyMatch(each -> each.contains("verified RENAMED"))
                .anyMatch(each -> each.contains("gone RE_ENROLLED"))
                .allMatch(each -> each.contains("compared"));
    }

    @Test
    void untilItIsOverTheRunIsOpenAndTheRulesAreNotCalledTheirs() {
        night();
        comparing.goOn(sync);

        assertThat(text("compared_by")).isEqualTo("other rules");
        assertThat(text("compared_to")).isNotNull();
        assertThat(rig.bean(DueWorkPolicy.class).keepsOpen(sync, open())).isTrue();
        assertThat(rig.bean(DueWorkPolicy.class).nextFiring(sync, runs.open(sync.name())))
                .hasValueSatisfying(next -> assertThat(next).isBeforeOrEqualTo(rig.now()));

        firings();
        assertThat(text("compared_by")).hasSize(32);
        assertThat(text("comparing_by")).isNull();
        assertThat(text("compared_to")).isNull();
    }

    @Test
    void aPieceThatFailsIsDoneAgainAndNoOther() {
        Run run = night();
        comparing.goOn(sync);
        List<String> before = results();
        String reached = text("compared_to");

        assertThatThrownBy(() -> rig.run(() -> {
                    rig.bean(Planner.class).compareSome(sync, run);
                    throw new IllegalStateException("the process ends here");
                }))
                .hasMessageContaining("ends here");

        assertThat(results()).isEqualTo(before);
        assertThat(text("compared_to")).isEqualTo(reached);
        assertThat(firings()).isEqualTo(PIECES);
    }

    @Test
    void anotherProcessGoesOnWhereTheFirstWas() {
        night();
        comparing.goOn(sync);
        String reached = text("compared_to");

        rig.replica().bean(Comparing.class).goOn(sync);

        assertThat(text("compared_to")).isGreaterThan(reached);
        assertThat(firings()).isEqualTo(PIECES - 1);
    }

    @Test
    void aPausedSyncWaitsAndGoesOn() {
        night();
        comparing.goOn(sync);
        String reached = text("compared_to");
        rig.bean(SyncStates.class).stop(sync.name(), Kind.PAUSED, "maintenance");
        comparing.goOn(sync);

        assertThat(text("compared_to")).isEqualTo(reached);
        assertThat(rig.bean(DueWorkPolicy.class).comparisonDueAt(sync, open())).isEmpty();

        rig.bean(SyncStates.class).resume(sync.name());
        assertThat(firings()).isEqualTo(PIECES);
    }

    @Test
    void theNextRunGoesOnWithWhatACancelledOneHasLeft() {
        Run cancelled = night();
        comparing.goOn(sync);
        String reached = text("compared_to");
        runs.close(cancelled.id(), Run.Outcome.CANCELLED, null, null, Map.of());
        comparing.goOn(sync);
        assertThat(text("compared_to")).isEqualTo(reached);

        night();
        assertThat(firings()).isEqualTo(PIECES);
        assertThat(runs.find(cancelled.id()).orElseThrow().comparisonDueAt()).isNotNull();
    }

    @Test
    void aRecordThatChangesMeanwhileIsComparedWithTheRest() {
        night();
        comparing.goOn(sync);
        jdbc.sql("update device set compared = false, name = 'sent otherwise' where sync = :sync and eid <= :eid")
                .param("sync", sync.name().value())
                .param("eid", String.valueOf(text("compared_to")))
                .update();

        firings();
        assertThat(results().stream().filter(each -> each.contains("sent otherwise")))
                .hasSize(500);
    }

    @Test
    void aFleetThatWasComparedIsNotComparedAgain() {
        night();
        firings();
        close(open());

        night();
        assertThat(firings()).isEqualTo(1);
    }
}
