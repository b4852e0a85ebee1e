package io.celonamdm.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.Journal;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A firing that continues after its sync's next one has begun, as on a replica that was paused. */
@Tag(TestDatabase.POSTGRESQL)
class FenceTest {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Fence fence = new Fence(jdbc);
    private final FencingTokens numbers = new FencingTokens(jdbc);
    private final Journal journal = new Journal(jdbc, new JdbcTemplate(database), fence, Clock.systemUTC());
    private final TransactionTemplate transaction = transaction();

    private TransactionTemplate transaction() {
        JdbcTransactionManager manager = new JdbcTransactionManager(database);
        manager.addListener(fence);
        return new TransactionTemplate(manager);
    }

    @BeforeEach
    void migrate() {
        fence.enter(NAME, begin());
    }

    @AfterEach
    void leave() {
        fence.leave();
    }

    /** Begins a firing, as another replica would. */
    private long begin() {
        fence.leave();
        Long number = transaction.execute(status -> numbers.next(NAME));
        return number == null ? 0 : number;
    }

    private void takeOver() {
        long mine = numberOfLatest();
        begin();
        fence.enter(NAME, mine);
    }

    private long numberOfLatest() {
        return jdbc.sql("select number from firing where sync = ?")
                .param(SYNC)
                .query(Long.class)
                .single();
    }

    private void write() {
        transaction.executeWithoutResult(status ->
                jdbc.sql("insert into finding_count values (1, 'NO_EID', 1)").update());
    }

    private List<Long> written() {
        return jdbc.sql("select run_id from finding_count").query(Long.class).list();
    }

    private long intend() {
        Long entry = transaction.execute(status -> {
            jdbc.sql(
                            "insert into journal (sync, step, state, intended_at) values (?, ?, 'INTENDED', current_timestamp)")
                    .param(SYNC)
                    .param(Step.PUSH.name())
                    .update();
            return jdbc.sql("select max(id) from journal").query(Long.class).single();
        });
        return entry == null ? 0 : entry;
    }

    private boolean answer(long entry) {
        return Boolean.TRUE.equals(transaction.execute(status -> journal.answered(entry, null, null, "yes")));
    }

    private String answered(long entry) {
        return jdbc.sql(
                        "select state || ' ' || coalesce(answer, '') || ' ' || coalesce(late_answer, '') from journal where id = ?")
                .param(entry)
                .query(String.class)
                .single()
                .strip();
    }

    @Test
    void whatAnotherThreadDoesForAFiringIsFencedToo() {
        Runnable carried = fence.carriedInto(this::write);
        takeOver();

        CompletableFuture<Void> done = CompletableFuture.runAsync(carried);

        assertThatThrownBy(done::join).hasCauseInstanceOf(StaleFiringException.class);
        assertThat(written()).isEmpty();
    }

    @Test
    void theLatestFiringWrites() {
        fence.check();
        write();
        assertThat(written()).hasSize(1);
    }

    @Test
    void oneThatWasTakenOverWritesNothing() {
        takeOver();

        assertThatThrownBy(this::write)
                .isInstanceOf(StaleFiringException.class)
                .hasMessage("firing 1 of sync warehouse was taken over by firing 2 and changes nothing any more");
        assertThatThrownBy(fence::check).isInstanceOf(StaleFiringException.class);
        assertThatThrownBy(this::intend).isInstanceOf(StaleFiringException.class);
        assertThat(written()).isEmpty();
        assertThat(jdbc.sql("select id from journal").query(Long.class).list()).isEmpty();
    }

    @Test
    void oneThatIsTakenOverInTheMiddleOfATransactionWritesNothing() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.sql("insert into finding_count values (1, 'NO_EID', 1)")
                            .update();
                    anotherReplica(this::takeOver);
                }))
                .isInstanceOf(StaleFiringException.class);
        assertThat(written()).isEmpty();
    }

    /** Runs on a thread that has nothing to do with this one's transaction. */
    private static void anotherReplica(Runnable begin) {
        Thread thread = new Thread(begin, "another replica");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itsAnswerCountsAsLongAsItsJournalEntryIsOpen() {
        long entry = intend();
        takeOver();

        assertThat(answer(entry)).isTrue();
        assertThat(answered(entry)).isEqualTo("ANSWERED yes");
        assertThatThrownBy(this::write)
                .as("the exemption ends with the transaction")
                .isInstanceOf(StaleFiringException.class);
    }

    @Test
    void itsLateAnswerIsKeptAndDecidesNothing() {
        long entry = intend();
        takeOver();
        jdbc.sql("update journal set state = 'IN_DOUBT', answer = 'cut short'").update();

        assertThat(answer(entry)).isFalse();
        assertThat(answered(entry)).isEqualTo("IN_DOUBT cut short yes");
    }

    @Test
    void itsLateRefusalIsKeptAndDecidesNothing() {
        long entry = intend();
        takeOver();
        jdbc.sql("update journal set state = 'IN_DOUBT', answer = 'cut short'").update();

        boolean first = Boolean.TRUE.equals(transaction.execute(status -> journal.refused(entry, "no")));

        assertThat(first).isFalse();
        assertThat(answered(entry)).isEqualTo("IN_DOUBT cut short no");
    }

    @Test
    void otherSyncsAndOtherThreadsAreNotItsConcern() {
        takeOver();
        fence.leave();
        write();
        assertThat(written()).hasSize(1);
    }

    @Test
    void aFiringDoesNotBeginWhileQuartzHasTwoOfItsSyncUnderWay() {
        quartzFires("a");
        assertThat(begin()).isEqualTo(2);
        quartzFires("b");

        assertThatThrownBy(this::begin)
                .isInstanceOf(StaleFiringException.class)
                .hasMessage("another firing of sync warehouse is under way");
        assertThat(numberOfLatest()).isEqualTo(2);
    }

    private void quartzFires(String id) {
        jdbc.sql("""
                        insert into qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name,
                            fired_time, sched_time, priority, state, job_name, job_group)
                        values ('quartzScheduler', ?, 'warehouse', 'due', 'replica', 0, 0, 5, 'EXECUTING', 'warehouse', 'sync')
                        """).param(id).update();
    }
}
