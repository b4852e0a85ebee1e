package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.run.Fence;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The write-ahead record of calls that are not idempotent: an entry is committed before the call, its answer after it.
 * An entry leaves the state INTENDED once; only the first caller has an effect.
 */
@Repository
@Transactional
public class Journal {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Fence fence;
    private final Clock clock;

    public Journal(JdbcClient jdbc, JdbcTemplate batches, Fence fence, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.fence = fence;
        this.clock = clock;
    }

    /**
     * What a call sends for one device.
     *
     * @param device the device
     * @param name its name, if the call carries one; then with a group
     * @param group its group, if the call carries one
     */
    public record Line(
            Device device, @Nullable String name, @Nullable String group) {}

    /**
     * Records that a call is about to be made for devices in flight, and the names and groups that it gives them. They all
     * belong to the same part of a batch, or to none, and have names or none.
     *
     * @return the entry's id
     */
    public long intend(SyncName sync, @Nullable Long run, Step step, @Nullable OpCode op, List<Line> lines) {
        BatchPart part = lines.get(0).device().part();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into journal (sync, run_id, step, op_code, part_of, part, state, intended_at)
                        values (:sync, :run, :step, :op, :whole, :part, 'INTENDED', :now)
                        """)
                .param("sync", sync.value())
                .param("run", run)
                .param("step", step.name())
                .param("op", Text.name(op))
                .param("whole", part == null ? null : part.whole())
                .param("part", part == null ? null : part.path())
                .param("now", Times.of(clock.instant()))
                .update(key, "id");
        long entry = Objects.requireNonNull(key.getKey()).longValue();
        batches.batchUpdate("""
                insert into journal_device (journal_id, device_id, eid, iccid, name, device_group)
                values (?, ?, ?, ?, ?, ?)
                """, lines, lines.size(), (row, line) -> {
            Device device = line.device();
            Iccid iccid = device.iccid() == null ? device.givenIccid() : device.iccid();
            row.setLong(1, entry);
            row.setLong(2, device.id());
            row.setString(3, device.eid().value());
            row.setString(4, iccid == null ? null : iccid.value());
            row.setString(5, line.name());
            row.setString(6, line.group());
        });
        underWay(entry, step, lines);
        return entry;
    }

    /**
     * Records in the devices what they need of the call: an assign-eid, whose loss leaves them in doubt, and new names and
     * groups. One statement for all, and no device without need: H2 writes it to each index again, whatever changes of it.
     */
    private void underWay(long entry, Step step, List<Line> lines) {
        if (lines.get(0).name() == null) {
            return;
        }
        boolean assigns = step == Step.ASSIGN;
        StatementSpec change = jdbc.sql("""
                        merge into device using (
                            select whose, called, joins from unnest(cast(:ids as bigint array), cast(:names as varchar array),
                                cast(:groups as varchar array)) as g(whose, called, joins)) given
                        on (device.id = given.whose) when matched and (%s) then update set %s name = called, device_group = joins
                        """.formatted(
                        assigns ? "true" : "name is distinct from called or device_group is distinct from joins",
                        assigns ? "journal_id = :entry," : ""));
        change.param("entry", entry)
                .param("ids", lines.stream().map(line -> line.device().id()).toArray(Long[]::new))
                .param("names", lines.stream().map(Line::name).toArray(String[]::new))
                .param("groups", lines.stream().map(Line::group).toArray(String[]::new))
                .update();
    }

    /**
     * Records the answer to a call. An answer to a settled entry is kept beside it.
     *
     * @return false if the entry was decided before, so that the answer changes nothing
     */
    public boolean answered(long entry, @Nullable String requestId, @Nullable String serverUrl, String answer) {
        return leaveOrKeep(entry, "ANSWERED", requestId, serverUrl, answer);
    }

    /**
     * Records that the vendor refused the call and did nothing; kept beside an entry that is settled.
     *
     * @return false if the entry was decided before
     */
    public boolean refused(long entry, String why) {
        return leaveOrKeep(entry, "REFUSED", null, null, why);
    }

    /**
     * Records that the call was not processed, or never left this process; kept beside an entry that is settled.
     *
     * @return false if the entry was decided before
     */
    public boolean notSent(long entry, String why) {
        return leaveOrKeep(entry, "NOT_SENT", null, null, why);
    }

    /** Records that it is unknown whether the call was processed. */
    public boolean inDoubt(long entry, String why) {
        return leave(entry, "IN_DOUBT", null, null, why);
    }

    private boolean leaveOrKeep(
            long entry, String state, @Nullable String requestId, @Nullable String serverUrl, String answer) {
        boolean first = leave(entry, state, requestId, serverUrl, answer);
        if (!first) {
            // not if it is the same answer again, because its commit was reported as failed
            jdbc.sql("""
                            update journal set late_at = :now, late_answer = :answer where id = :entry and late_at is null
                                and not (state = :state and coalesce(answer, '') = :answer)
                            """)
                    .param("state", state)
                    .param("now", Times.of(clock.instant()))
                    .param("answer", Text.cut(answer, 8000))
                    .param("entry", entry)
                    .update();
        }
        return first;
    }

    private boolean leave(
            long entry, String state, @Nullable String requestId, @Nullable String serverUrl, String answer) {
        fence.guardedByJournal();
        return jdbc.sql("""
                                update journal set state = :state, answered_at = :now, request_id = :request,
                                    server_url = :url, answer = :answer
                                where id = :entry and state = 'INTENDED'
                                """)
                        .param("state", state)
                        .param("now", Times.of(clock.instant()))
                        .param("request", requestId)
                        .param("url", Text.address(serverUrl, 500))
                        .param("answer", Text.cut(answer, 8000))
                        .param("entry", entry)
                        .update()
                == 1;
    }

    /** Records what an answered activation reached for devices. */
    public void reached(long entry, Collection<Long> devices, boolean activated, boolean grouped) {
        jdbc.sql("""
                        update journal_device set activated = :activated, grouped = :grouped
                        where journal_id = :entry and device_id in (:devices)
                        """)
                .param("activated", activated)
                .param("grouped", grouped)
                .param("entry", entry)
                .param("devices", devices)
                .update();
    }
}
