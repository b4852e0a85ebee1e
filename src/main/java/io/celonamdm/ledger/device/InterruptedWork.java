package io.celonamdm.ledger.device;

import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Settles what an earlier firing of a sync left in flight when its process ended. */
@Repository
public class InterruptedWork {
    private static final String CUT_SHORT = "the connector stopped before the answer came";

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final InDoubt inDoubt;
    private final UnansweredCalls unanswered;
    private final Clock clock;

    InterruptedWork(
            JdbcClient jdbc, DeviceTransitions transitions, InDoubt inDoubt, UnansweredCalls unanswered, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.inDoubt = inDoubt;
        this.unanswered = unanswered;
        this.clock = clock;
    }

    /**
     * What was settled.
     *
     * @param resumed devices whose step is resumed
     * @param inDoubt devices whose assign-eid call may or may not have been processed
     */
    public record Settled(int resumed, int inDoubt) {
        /** Nothing was left. */
        public static final Settled NOTHING = new Settled(0, 0);
    }

    /** Whether an earlier firing of the sync, which no longer runs, has left anything to settle. */
    @Transactional(readOnly = true)
    public boolean isAnyLeft(SyncName sync) {
        return jdbc.sql("""
                        select exists (select 1 from journal where sync = :sync and state = 'INTENDED')
                            or exists (select 1 from device where sync = :sync and place = 'IN_FLIGHT')
                            or exists (select 1 from follow_up where sync = :sync and taken)
                        """).param("sync", sync.value()).query(Boolean.class).single();
    }

    /**
     * Settles a sync whose earlier firing no longer runs. An assign-eid call without an answer is in doubt, and the run
     * sends no further one. Any other step is resumed, since its call can be looked up or repeated.
     */
    @Transactional
    public Settled settle(SyncName sync) {
        // the entries first: an answer that a replica is just committing moves its devices on before they are read
        jdbc.sql("""
                        update journal set state = 'IN_DOUBT', answered_at = :now, answer = :why
                        where sync = :sync and state = 'INTENDED'
                        """)
                .param("now", Times.of(clock.instant()))
                .param("why", CUT_SHORT)
                .param("sync", sync.value())
                .update();
        List<Long> doubtful = inFlight(sync, true);
        List<Long> repeatable = inFlight(sync, false);
        if (!doubtful.isEmpty()) {
            inDoubt.begin(sync, doubtful, CUT_SHORT);
        }
        if (!repeatable.isEmpty()) {
            transitions.resume(repeatable);
        }
        jdbc.sql("update follow_up set taken = false where sync = :sync and taken")
                .param("sync", sync.value())
                .update();
        return new Settled(repeatable.size(), doubtful.size());
    }

    /** Whether a device or a follow-up of the sync is in flight, in a running firing or left by an earlier one. */
    @Transactional(readOnly = true)
    public boolean isAnyInFlight(SyncName sync) {
        return jdbc.sql("""
                        select exists (select 1 from device where sync = :sync and place = 'IN_FLIGHT')
                            or exists (select 1 from follow_up where sync = :sync and taken)
                        """).param("sync", sync.value()).query(Boolean.class).single();
    }

    /**
     * Settles devices whose work ended without an outcome, which is a bug of this connector. A device that moved on, or
     * whose step was tried, may be in flight again by now, and is not touched.
     *
     * @param step the step at which they were taken
     * @param devices the devices as they were taken
     * @param due when their step is tried again
     * @return the number of settled devices
     */
    @Transactional
    public int settleLeft(Step step, List<Device> devices, Instant due) {
        Set<Long> inFlight = inFlight(devices);
        if (step != Step.ASSIGN && !inFlight.isEmpty()) {
            // before the same step calls for them again: it then asks what became of the lost call
            unanswered.lost(step, inFlight, "the call ended without an outcome");
        }
        return (int) devices.stream()
                .filter(device -> inFlight.contains(device.id())
                        && transitions.settleLeft(device.id(), step, device.attempts(), due))
                .count();
    }

    private Set<Long> inFlight(List<Device> devices) {
        return jdbc.sql("select id from device where id in (:ids) and place = 'IN_FLIGHT'")
                .param("ids", Device.ids(devices))
                .query(Long.class)
                .set();
    }

    /** The devices in flight, those with an assign-eid or the others. */
    private List<Long> inFlight(SyncName sync, boolean assigns) {
        return jdbc.sql("""
                        select d.id from device d left join journal j on j.id = d.journal_id and j.step = 'ASSIGN'
                        where d.sync = :sync and d.place = 'IN_FLIGHT' and (j.id is not null) = :assigns
                        """)
                .param("sync", sync.value())
                .param("assigns", assigns)
                .query(Long.class)
                .list();
    }
}
