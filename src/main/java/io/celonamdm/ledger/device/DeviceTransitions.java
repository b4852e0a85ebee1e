package io.celonamdm.ledger.device;

import static io.celonamdm.ledger.device.DeviceConditions.ON_THE_WAY;
import static io.celonamdm.ledger.device.DeviceConditions.PROBED;
import static io.celonamdm.ledger.device.DeviceConditions.UNDER_WAY;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeviceFacts.Reached;
import io.celonamdm.ledger.device.Redrives.Open;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * All changes of a device's place, step or due time. Each method is one transition, part of its caller's transaction.
 * Its first sentence says where the devices are before and after; a device anywhere else does not change.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class DeviceTransitions {
    /** Waiting at a step; the due time follows. */
    private static final String WAITING = "place = 'WAITING', journal_id = null, due_at = ";

    /** Keeps the step and what is known of it. */
    private static final String SAME_STEP = "step";

    /** The attempts at the step: none yet, one more unsuccessful, or unchanged. */
    private static final String NOT_TRIED = "0";

    private static final String ONE_MORE = "attempts + 1";
    private static final String AS_BEFORE = "attempts";

    /** The device is as a person saw it, in every column that decides whether an action is possible. */
    private static final String AS_SEEN = """
            id = :id and sync = :sync and place = :seenPlace and step = coalesce(cast(:seenStep as varchar), step)
                and code is not distinct from :seenCode and iccid is not distinct from :seenIccid
                and smdp_host is not distinct from :seenHost
            """;

    /** Clears what was pushed, and its results. */
    private static final String NOTHING_PUSHED = """
            push_reference = null, push_result = null, commanded_at = null, repeats = 0, pushed_at = null,
            pushed_mdm_id = null, enrolled_at = null, management_id = null, deadline_at = null, verified_at = null,
            iccid_gone_at = null, confirmed_at = null, push_together = null""";

    private static final String THESE_UNDER_WAY = "id in (:ids) and " + UNDER_WAY;
    private static final String SHOWN =
            "exists (select 1 from inventory i where i.sync = device.sync and i.eid = device.eid and i.present)";

    private final JdbcClient jdbc;
    private final Clock clock;

    DeviceTransitions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    // ---- a plan

    /** New to the ledger, or HELD at ASSIGN → WAITING at ASSIGN, due now, as this sync's own. */
    public void admit(SyncName sync, String customerId, Eid eid, boolean isNew, long run, @Nullable Iccid given) {
        enter(sync, customerId, eid, isNew, run, given, null, null);
    }

    /** New to the ledger, or HELD at ASSIGN → HELD at ASSIGN; this makes no sync the owner of its EID. */
    public void holdBack(
            SyncName sync, String customerId, Eid eid, boolean isNew, long run, ReasonCode code, String reason) {
        enter(sync, customerId, eid, isNew, run, null, code, reason);
    }

    private void enter(
            SyncName sync,
            String customerId,
            Eid eid,
            boolean isNew,
            long run,
            @Nullable Iccid given,
            @Nullable ReasonCode code,
            @Nullable String reason) {
        boolean admitted = code == null;
        StatementSpec entry = isNew
                ? jdbc.sql("""
                        insert into device (sync, customer_id, eid, owned_eid, given_iccid, step, place, due_at, code, reason,
                            run_id, created_at)
                        values (:sync, :customer, :eid, :owned, :given, 'ASSIGN', :place, :due, :code, :reason, :run, :now)
                        """)
                : update(
                        (admitted ? waiting(SAME_STEP, AS_BEFORE) : "code = :code, reason = :reason") + """
                        , customer_id = :customer, owned_eid = :owned, given_iccid = :given, run_id = :run
                        """,
                        "sync = :sync and eid = :eid and place = 'HELD' and step = 'ASSIGN'");
        entry.param("sync", sync.value())
                .param("customer", customerId)
                .param("eid", eid.value())
                .param("owned", admitted ? eid.value() : null)
                .param("given", given == null ? null : given.value())
                .param("place", (admitted ? Place.WAITING : Place.HELD).name())
                .param("due", admitted ? now() : null)
                .param("waits", false)
                .param("code", Text.name(code))
                .param("reason", reason == null ? null : Text.cut(reason, Text.REASON))
                .param("run", run)
                .param("now", now())
                .update();
    }

    /** WAITING at any step, and no longer in the inventory → HELD there; returns how many. */
    public int holdGone(SyncName sync) {
        return rest(
                        Place.HELD,
                        ReasonCode.GONE,
                        "neither of the two latest complete pulls shows the device",
                        "sync = :sync and place = 'WAITING' and not " + SHOWN)
                .param("sync", sync.value())
                .update();
    }

    /** HELD because it was gone, had no group or an unsuitable SIM lock, and is in the inventory → WAITING there, due now; returns how many. */
    public int releaseReturned(SyncName sync) {
        return goesOn("""
                        sync = :sync and place = 'HELD'
                            and (code in ('GONE', 'LOCK_REQUIRED', 'SIMLOCK_UNSUPPORTED') or (code = 'NO_GROUP' and step <> 'ASSIGN')) and\s""" + SHOWN).param("sync", sync.value()).update();
    }

    /** HELD until it is enrolled in the MDM of this sync → WAITING there, due now; returns how many. */
    public int releaseEnrolled(SyncName sync) {
        return goesOn("sync = :sync and place = 'HELD' and code = 'AWAITS_ENROLMENT'")
                .param("sync", sync.value())
                .update();
    }

    /** HELD because the scope left it out → WAITING there, due now. */
    public void releaseInScope(Collection<Long> ids) {
        goesOn("id in (:ids) and place = 'HELD' and code = 'OUT_OF_SCOPE'")
                .param("ids", ids)
                .update();
    }

    /** WAITING at any step for the probe of a quarantine with this code → WAITING there, due now. */
    public void releaseQuarantined(SyncName sync, ReasonCode code) {
        dueNow(sync, code, "");
    }

    private void dueNow(SyncName sync, ReasonCode code, String also) {
        update("due_at = :now", "sync = :sync and place = 'WAITING' and code = :code and due_at > :now" + also)
                .param("now", now())
                .param("sync", sync.value())
                .param("code", code.name())
                .update();
    }

    /** Makes held devices due now at their step. */
    private StatementSpec goesOn(String where) {
        return waitAt(SAME_STEP, AS_BEFORE, clock.instant(), "", where);
    }

    // ---- a firing

    /** WAITING at any step, and still with the sync → IN_FLIGHT there. */
    void take(SyncName sync, Collection<Long> ids, @Nullable Long run) {
        update(
                        "place = 'IN_FLIGHT', journal_id = null, run_id = coalesce(cast(:run as bigint), run_id)",
                        "id in (:ids) and sync = :sync and place = 'WAITING'")
                .param("sync", sync.value())
                .param("run", run)
                .param("ids", ids)
                .update();
    }

    /** IN_FLIGHT at any step → WAITING there, due as before: nothing was done with it. */
    public void putBack(Collection<Long> ids) {
        update(WAITING + "due_at", "id in (:ids) and place = 'IN_FLIGHT'")
                .param("ids", ids)
                .update();
    }

    /** IN_FLIGHT at any step → WAITING there, due now: a firing that has ended left it. */
    void resume(Collection<Long> ids) {
        update(WAITING + ":now", "id in (:ids) and place = 'IN_FLIGHT'")
                .param("now", now())
                .param("ids", ids)
                .update();
    }

    /**
     * IN_FLIGHT as it was taken, with a sent assign-eid → IN_DOUBT at ASSIGN; with anything else → WAITING there.
     *
     * @return false if it has moved on
     */
    boolean settleLeft(long id, Step step, int attempts, Instant due) {
        String left = "id = :id and step = :step and attempts = :attempts and place = 'IN_FLIGHT'";
        String sent = " and exists (select 1 from journal j where j.id = device.journal_id and j.step = 'ASSIGN'"
                + " and j.state = 'INTENDED')";
        for (StatementSpec change : List.of(
                rest(Place.IN_DOUBT, ReasonCode.ASSIGN_IN_DOUBT, "the call ended without an outcome", left + sent),
                update(WAITING + ":due, attempts = " + ONE_MORE, left).param("due", Times.of(due)))) {
            int changed = change.param("id", id)
                    .param("step", step.name())
                    .param("attempts", attempts)
                    .update();
            if (changed == 1) {
                return true;
            }
        }
        return false;
    }

    /**
     * UNDER_WAY at the step → WAITING at the step after an unsuccessful attempt; for PUSH, also from a later step that
     * must look at PUSH first. The code and reason of an empty pool stay until it is known whether there is an eSIM.
     */
    public void retry(
            Collection<Long> ids,
            Step step,
            Instant due,
            @Nullable ReasonCode code,
            String reason,
            boolean waitsForDevice) {
        String from = step == Step.PUSH ? ON_THE_WAY : "step = :step";
        waitAt(":step", ONE_MORE, due, "", THESE_UNDER_WAY + " and " + from)
                .param("step", step.name())
                .param("waits", waitsForDevice)
                .param("code", Text.name(code))
                .param("reason", Text.cut(reason, Text.REASON))
                .param("ids", ids)
                .update();
    }

    /** UNDER_WAY at any step → HELD there. */
    public void hold(Collection<Long> ids, ReasonCode code, String reason) {
        rest(Place.HELD, code, reason, THESE_UNDER_WAY).param("ids", ids).update();
    }

    /** UNDER_WAY at any step → IN_DOUBT there. */
    public void putInDoubt(Collection<Long> ids, ReasonCode code, String reason) {
        rest(Place.IN_DOUBT, code, reason, THESE_UNDER_WAY).param("ids", ids).update();
    }

    /**
     * UNDER_WAY or IN_DOUBT at any step → DEAD there; a redrive goes on with the op code.
     *
     * @return those that changed
     */
    List<Long> die(Collection<Long> ids, ReasonCode code, String reason, @Nullable OpCode redriveWith) {
        List<Long> dying = jdbc.sql("select id from device where id in (:ids) and (" + UNDER_WAY
                        + " or place = 'IN_DOUBT') for update")
                .param("ids", ids)
                .query(Long.class)
                .list();
        if (!dying.isEmpty()) {
            rest(Place.DEAD, code, reason, "id in (:ids)", ", op_code = :op, part_of = null, part = null")
                    .param("op", Text.name(redriveWith))
                    .param("ids", dying)
                    .update();
        }
        return dying;
    }

    // ---- ASSIGN and AWAIT

    /** UNDER_WAY at ASSIGN → WAITING at AWAIT, for the outcome of the request. */
    public void await(
            Collection<Long> ids, String requestId, @Nullable SmdpAddress smdp, Instant due, Instant deadline) {
        waitAt(
                        "'AWAIT'",
                        due,
                        ", request_id = :request, smdp_host = :host, deadline_at = :deadline",
                        THESE_UNDER_WAY + " and step = 'ASSIGN'")
                .param("request", requestId)
                .param("host", smdp == null ? null : smdp.host())
                .param("deadline", Times.of(deadline))
                .param("ids", ids)
                .update();
    }

    /** UNDER_WAY at AWAIT → WAITING at PUSH, due now, with its eSIM. */
    public void assign(Map<Long, Iccid> iccids) {
        String set = waiting("'PUSH'", NOT_TRIED) + ", iccid = said, assigned_at = :now, deadline_at = null";
        asWaiting(jdbc.sql(SqlArrays.updateDevices(set, UNDER_WAY + " and step = 'AWAIT'")), clock.instant())
                .params(SqlArrays.given(iccids, Iccid::value))
                .param("now", now())
                .update();
    }

    /**
     * UNDER_WAY at ASSIGN or AWAIT → WAITING at ASSIGN, as no eSIM is left; the same for all that would try before them.
     *
     * @param tries how often they have found the pool empty
     */
    void waitForStock(SyncName sync, Collection<Long> ids, int tries, Instant due, String reason) {
        String also = ", stock_tries = :tries, request_id = null, deadline_at = null";
        List<StatementSpec> changes = List.of(
                waitAt("'ASSIGN'", due, also, THESE_UNDER_WAY + " and step in " + DeviceConditions.in(Step.BEFORE_ESIM))
                        .param("ids", ids),
                waitAt("'ASSIGN'", due, also, """
                                sync = :sync and place = 'WAITING' and step = 'ASSIGN' and due_at < :due and part_of is null
                                    and given_iccid is null
                                """).param("sync", sync.value()));
        for (StatementSpec change : changes) {
            change.param("waits", true)
                    .param("tries", tries)
                    .param("code", ReasonCode.POOL_EXHAUSTED.name())
                    .param("reason", Text.cut(reason, Text.REASON))
                    .update();
        }
    }

    /** WAITING at ASSIGN because no eSIM was left → due now. */
    void restocked(SyncName sync) {
        dueNow(sync, ReasonCode.POOL_EXHAUSTED, " and step = 'ASSIGN'");
    }

    /** UNDER_WAY at any step → WAITING there, due now, as a part of the refused batch. */
    void resend(BatchPart part, Collection<Long> ids) {
        waitAt(SAME_STEP, ONE_MORE, clock.instant(), ", part_of = :whole, part = :path", THESE_UNDER_WAY)
                .param("whole", part.whole())
                .param("path", part.path())
                .param("ids", ids)
                .update();
    }

    // ---- PUSH, ACTIVATE and CONFIRM

    /** UNDER_WAY at PUSH → WAITING at ACTIVATE. */
    public void activate(Collection<Long> ids, boolean acknowledged, Instant due) {
        waitAt("'ACTIVATE'", due, heard(acknowledged), THESE_UNDER_WAY + " and step = 'PUSH'")
                .param("heard", now())
                .param("ids", ids)
                .update();
    }

    /**
     * UNDER_WAY at PUSH → WAITING at ACTIVATE, with the commands that were just sent.
     *
     * @param references the MDM's ids of the commands, by device
     * @param deadline the latest time for a download, unless there is one already
     */
    public void activate(Collection<Device> devices, Map<Long, String> references, Instant deadline, Instant due) {
        if (devices.isEmpty()) {
            return;
        }
        String set = waiting("'ACTIVATE'", NOT_TRIED) + ", " + DeviceFacts.COMMANDED + ", ";
        asWaiting(DeviceFacts.asEnrolled(jdbc, set, UNDER_WAY + " and step = 'PUSH'", devices, references), due)
                .param("now", now())
                .param("deadline", Times.of(deadline))
                .update();
    }

    private static String heard(boolean acknowledged) {
        return acknowledged ? ", " + DeviceFacts.ACKNOWLEDGED : "";
    }

    /** UNDER_WAY at ACTIVATE → WAITING there, only for its group. */
    public void regroup(long id, Instant due, @Nullable ReasonCode warning) {
        waitAt(
                        SAME_STEP,
                        due,
                        ", op_code = 'DG_ASSIGN', warning = coalesce(cast(:warning as varchar), warning)",
                        "id = :id and " + UNDER_WAY + " and step = 'ACTIVATE'")
                .param("warning", Text.name(warning))
                .param("id", id)
                .update();
    }

    /** UNDER_WAY at PUSH, ACTIVATE or CONFIRM → WAITING at CONFIRM. */
    public void confirm(
            Collection<Long> ids,
            boolean acknowledged,
            Instant due,
            Instant deadline,
            boolean waits,
            Reached reached,
            @Nullable ReasonCode warning) {
        String also =
                ", op_code = null, deadline_at = :deadline, warning = coalesce(cast(:warning as varchar), warning), "
                        + DeviceFacts.REACHED;
        reached(waitAt("'CONFIRM'", due, also + heard(acknowledged), THESE_UNDER_WAY + " and " + ON_THE_WAY), reached)
                .param("waits", waits)
                .param("code", ReasonCode.UNCONFIRMED.name())
                .param("reason", "nothing has been heard of the device since its eSIM became active")
                .param("heard", now())
                .param("deadline", Times.of(deadline))
                .param("warning", Text.name(warning))
                .param("ids", ids)
                .update();
    }

    /** UNDER_WAY at PUSH, ACTIVATE or CONFIRM → DONE. */
    public void finish(Collection<Long> ids, boolean acknowledged, Reached reached, @Nullable ReasonCode warning) {
        String set = ends(Place.DONE)
                + ", op_code = null, code = coalesce(cast(:warning as varchar), warning), reason = null,"
                + " warning = null, deadline_at = null, done_at = :now, compared = false, " + DeviceFacts.REACHED;
        reached(update(set + heard(acknowledged), THESE_UNDER_WAY + " and " + ON_THE_WAY), reached)
                .param("heard", now())
                .param("warning", Text.name(warning))
                .param("now", now())
                .param("ids", ids)
                .update();
    }

    /** The parameters of {@link DeviceFacts#REACHED}. */
    private StatementSpec reached(StatementSpec change, Reached reached) {
        return change.param("activated", reached.activated())
                .param("grouped", reached.grouped())
                .param("reachedAt", now());
    }

    /** WAITING at PUSH, ACTIVATE or CONFIRM, and seen with its eSIM → WAITING at ACTIVATE or CONFIRM, due now. */
    void sighted(Collection<Long> ids, OpCode op) {
        waitAt(
                        afterDownload(op),
                        clock.instant(),
                        ", push_reference = null",
                        "id in (:ids) and place = 'WAITING' and " + ON_THE_WAY)
                .param("ids", ids)
                .update();
    }

    /** The step of a device that has its eSIM: ACTIVATE if something is left to do at Celona. */
    private static String afterDownload(OpCode op) {
        return "case when " + DeviceConditions.isActive(op) + " then 'CONFIRM' else 'ACTIVATE' end";
    }

    /** WAITING at PUSH, ACTIVATE or CONFIRM → WAITING at PUSH, due now; HELD or DEAD there → at PUSH once it goes on. */
    public void pushAfterEnrolment(Collection<Long> ids) {
        String which = "id in (:ids) and pushed_at is not null and " + ON_THE_WAY + " and place ";
        update(
                        "step = 'PUSH', attempts = 0, waits_for_device = false, journal_id = null,"
                                + " op_code = case when place = 'DEAD' then op_code end, " + NOTHING_PUSHED,
                        which + "in ('HELD', 'DEAD')")
                .param("ids", ids)
                .update();
        waitAt("'PUSH'", clock.instant(), ", op_code = null, " + NOTHING_PUSHED, which + "= 'WAITING'")
                .param("ids", ids)
                .update();
    }

    // ---- doubts and dead letters

    /**
     * IN_DOUBT → WAITING at the step, due now; a device that waits at PUSH without an eSIM is in doubt too.
     *
     * @param givenUp whether it is DEAD instead, because it was given up
     * @return whether it changed
     */
    boolean endDoubt(
            long id,
            boolean givenUp,
            Step step,
            @Nullable String requestId,
            @Nullable Iccid iccid,
            @Nullable SmdpAddress smdp,
            @Nullable Instant deadline) {
        boolean ended = waitAt(":step", clock.instant(), """
                        , request_id = :request, iccid = coalesce(cast(:iccid as varchar), iccid),
                        assigned_at = case when :assigned then :now else assigned_at end,
                        smdp_host = coalesce(cast(:smdp as varchar), smdp_host), deadline_at = :deadline, probed_at = null,
                        inventories = 0
                        """, "id = :id and " + DeviceConditions.inDoubt(givenUp))
                        .param("step", step.name())
                        .param("now", now())
                        .param("request", requestId)
                        .param("iccid", iccid == null ? null : iccid.value())
                        .param("assigned", iccid != null)
                        .param("smdp", smdp == null ? null : smdp.host())
                        .param("deadline", Times.ofNullable(deadline))
                        .param("id", id)
                        .update()
                == 1;
        return leavesDead(ended, id);
    }

    /** UNDER_WAY at PUSH without an eSIM → IN_DOUBT at ASSIGN, or at AWAIT if its request is known. */
    public void probed(Collection<Long> ids, String reason) {
        update("""
                        place = 'IN_DOUBT', due_at = null, waits_for_device = false, attempts = 0, journal_id = null,
                        push_reference = null, deadline_at = null, probed_at = :now, inventories = 0, reason = :reason,
                        step = case when request_id is null then 'ASSIGN' else 'AWAIT' end,
                        code = case when request_id is null then 'ASSIGN_IN_DOUBT' else 'REQUEST_UNKNOWN' end
                        """, THESE_UNDER_WAY + " and " + PROBED)
                .param("now", now())
                .param("reason", Text.cut(reason, Text.REASON))
                .param("ids", ids)
                .update();
    }

    /** DEAD with this open dead letter → WAITING at the step; returns whether it changed. */
    boolean requeue(Open letter, Step step, Instant due, @Nullable Instant deadline) {
        boolean requeued = waitAt(
                                ":step",
                                due,
                                ", deadline_at = :deadline",
                                "place = 'DEAD' and id = (select open_device from dead_letter where id = :letter)")
                        .param("step", step.name())
                        .param("deadline", Times.ofNullable(deadline))
                        .param("letter", letter.id())
                        .update()
                == 1;
        return leavesDead(requeued, letter.device());
    }

    /** The dead letter of a device that is no longer DEAD is history. */
    private boolean leavesDead(boolean changed, long device) {
        if (changed) {
            jdbc.sql("update dead_letter set open_device = null, redrive_at = null, redriven_at = :now"
                            + " where open_device = :device")
                    .param("now", now())
                    .param("device", device)
                    .update();
        }
        return changed;
    }

    // ---- a person: DeviceAction says what is allowed; a device that is no longer as it was seen does not change

    /** WAITING at any step → due now. */
    public boolean makeDue(DeviceState seen) {
        return isMade(update("due_at = :now", AS_SEEN), seen);
    }

    /** WAITING or DONE, with an eSIM → WAITING at PUSH, due now, as if nothing had been pushed. */
    public boolean pushAgain(DeviceState seen) {
        return isMade(pushAgain(AS_SEEN), seen);
    }

    private StatementSpec pushAgain(String where) {
        return waitAt("'PUSH'", clock.instant(), ", op_code = null, warning = null, " + NOTHING_PUSHED, where);
    }

    /** DONE, and re-enrolled since → WAITING at PUSH, due now; returns their EIDs. */
    public List<Eid> pushReEnrolled(SyncName sync) {
        String reEnrolled = "sync = :sync and place = 'DONE' and iccid is not null and smdp_host is not null"
                + " and eid in (select eid from drift where sync = :sync and code = 'RE_ENROLLED')";
        List<Eid> eids = jdbc.sql("select eid from device where " + reEnrolled)
                .param("sync", sync.value())
                .query((row, number) -> Rows.eid(row))
                .list();
        if (!eids.isEmpty()) {
            pushAgain(reEnrolled).param("sync", sync.value()).update();
        }
        return eids;
    }

    /** WAITING or DEAD at PUSH, ACTIVATE or CONFIRM → WAITING at ACTIVATE or CONFIRM, due now. */
    public boolean confirmByHand(DeviceState seen, OpCode op, Instant deadline) {
        StatementSpec confirmed = waitAt(
                        afterDownload(op),
                        clock.instant(),
                        ", push_reference = null, confirmed_at = :now, deadline_at = :deadline",
                        AS_SEEN)
                .param("deadline", Times.of(deadline));
        return leavesDead(isMade(confirmed, seen), seen.id());
    }

    /** WAITING, or HELD by the connector, at any step → HELD there. */
    public boolean holdByHand(DeviceState seen, String reason) {
        return isMade(rest(Place.HELD, ReasonCode.HELD_BY_OPERATOR, reason, AS_SEEN), seen);
    }

    /** HELD by hand at any step → WAITING there, due now. */
    public boolean release(DeviceState seen) {
        return isMade(goesOn(AS_SEEN), seen);
    }

    /** WAITING, HELD, DONE or DEAD, with an eSIM → RETIRED; its eSIM and EID are free, and nothing is left to tell the MDM. */
    public boolean retire(DeviceState seen) {
        boolean retired = isMade(update(ends(Place.RETIRED) + """
                        , owned_eid = null, iccid = null, given_iccid = null, code = null, reason = null, request_id = null,
                        smdp_host = null, push_reference = null, push_result = null, op_code = null, deadline_at = null,
                        verified_at = null, iccid_gone_at = null
                        """, AS_SEEN), seen);
        if (retired) {
            jdbc.sql("delete from follow_up where device_id = :id")
                    .param("id", seen.id())
                    .update();
            jdbc.sql("delete from drift where sync = :sync and eid = :eid")
                    .param("sync", seen.sync().value())
                    .param("eid", seen.eid().value())
                    .update();
        }
        return leavesDead(retired, seen.id());
    }

    /** RETIRED → HELD at ASSIGN, as a new device, which the next plan admits or not. */
    public boolean startOver(DeviceState seen) {
        return isMade(update("""
                        step = 'ASSIGN', place = 'HELD', code = 'RELEASED', created_at = :now,
                        reason = 'released after it was retired; the next plan takes it as a new device',
                        name = null, device_group = null, enrolled_at = null, management_id = null,
                        assigned_at = null, pushed_at = null, activated_at = null, grouped_at = null, done_at = null,
                        refused_at = null, warning = null, confirmed_at = null
                        """, AS_SEEN), seen);
    }

    private boolean isMade(StatementSpec change, DeviceState seen) {
        Iccid iccid = seen.iccid();
        return change.param("now", now())
                        .param("id", seen.id())
                        .param("sync", seen.sync().value())
                        .param("seenPlace", seen.place().name())
                        .param("seenStep", Text.name(seen.position().step()))
                        .param("seenCode", Text.name(seen.code()))
                        .param("seenIccid", iccid == null ? null : iccid.value())
                        .param("seenHost", seen.smdpHost())
                        .update()
                == 1;
    }

    // ---- the clock

    /** Due or with a deadline, in any place → both times earlier by the duration. */
    void bringForward(SyncName sync, Duration by) {
        update(
                        "due_at = due_at" + ClockSetBack.EARLIER + ", deadline_at = deadline_at" + ClockSetBack.EARLIER,
                        "sync = :sync and (due_at is not null or deadline_at is not null)")
                .param("seconds", by.toSeconds())
                .param("sync", sync.value())
                .update();
    }

    // ---- building blocks

    private StatementSpec waitAt(String step, Instant due, String also, String where) {
        return waitAt(step, NOT_TRIED, due, also, where);
    }

    private StatementSpec waitAt(String step, String attempts, Instant due, String also, String where) {
        return asWaiting(update(waiting(step, attempts) + also, where), due);
    }

    /** The parameters of {@link #waiting}. */
    private static StatementSpec asWaiting(StatementSpec change, Instant due) {
        return change.param("due", Times.of(due))
                .param("waits", false)
                .param("code", null)
                .param("reason", null);
    }

    /** The only list of columns that change when a device waits, for the first time or again. */
    private static String waiting(String step, String attempts) {
        String outOfStock = "case when code = 'POOL_EXHAUSTED' and " + step + " = 'AWAIT' then ";
        return "step = " + step + ", " + WAITING + ":due, attempts = " + attempts + ", waits_for_device = :waits,"
                + " code = coalesce(cast(:code as varchar), " + outOfStock + "code end),"
                + " reason = coalesce(cast(:reason as varchar), " + outOfStock + "reason end)";
    }

    private StatementSpec rest(Place place, ReasonCode code, String reason, String where) {
        return rest(place, code, reason, where, "");
    }

    /** At rest at its step, until somebody or something releases it. */
    private StatementSpec rest(Place place, ReasonCode code, String reason, String where, String also) {
        return update(
                        "place = :place, due_at = null, waits_for_device = false, code = :code, reason = :reason"
                                + also,
                        where)
                .param("place", place.name())
                .param("code", code.name())
                .param("reason", Text.cut(reason, Text.REASON));
    }

    /** In a place without a step; the column {@code step} then repeats the place, as {@link Position} shows it. */
    private static String ends(Place place) {
        return "place = '%1$s', step = '%1$s', due_at = null, attempts = 0, waits_for_device = false, journal_id = null"
                .formatted(place);
    }

    private StatementSpec update(String set, String where) {
        return jdbc.sql("update device set " + set + " where " + where);
    }

    private Object now() {
        return Times.of(clock.instant());
    }
}
