package io.celonamdm.ledger.report;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.KnownRows;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.inventory.Drift;
import io.celonamdm.ledger.inventory.Drifts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The history of one device: its journalled calls, its dead letters and its drift. */
@Repository
@Transactional(readOnly = true)
public class DeviceHistory {
    /** The most calls, and the most dead letters, in a history: a phone that is off for a week makes many. */
    private static final int LONGEST = 500;

    /** Characters of an answer to show; it is the answer for the whole batch. */
    private static final int SHOWN = 1000;

    private final JdbcClient jdbc;

    DeviceHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A journalled call that a device was part of.
     *
     * @param entry the journal entry
     * @param sync the sync that made it
     * @param run the run in which it was made
     * @param step the step
     * @param opCode what an activation did
     * @param state whether it was answered
     * @param intendedAt when it was about to be made
     * @param answeredAt when its state was settled
     * @param requestId Celona's id of the request
     * @param serverUrl the SM-DP+ server that Celona named
     * @param iccid the ICCID sent for the device
     * @param name the name sent for it
     * @param group the group sent for it
     * @param activated whether the answer said that its eSIM is active
     * @param grouped whether the answer said that it is in the group
     * @param answer the beginning of the answer, or why there is none
     * @param lateAt when an answer came after the state was settled
     * @param lateAnswer the beginning of that answer
     */
    public record JournaledCall(
            long entry,
            SyncName sync,
            @Nullable Long run,
            Step step,
            @Nullable String opCode,
            String state,
            Instant intendedAt,
            @Nullable Instant answeredAt,
            @Nullable String requestId,
            @Nullable String serverUrl,
            @Nullable Iccid iccid,
            @Nullable String name,
            @Nullable String group,
            boolean activated,
            boolean grouped,
            @Nullable String answer,
            @Nullable Instant lateAt,
            @Nullable String lateAnswer) {}

    /** The latest calls that a device was part of, in the order in which they were made. */
    public List<JournaledCall> calls(SyncName sync, Eid eid) {
        return jdbc.sql("""
                        select * from (
                            select j.*, l.iccid, l.name, l.device_group, l.activated, l.grouped
                            from device d join journal_device l on l.device_id = d.id join journal j on j.id = l.journal_id
                            where d.sync = :sync and d.eid = :eid order by j.id desc fetch first :longest rows only) latest
                        order by id
                        """)
                .param("sync", sync.value())
                .param("eid", eid.value())
                .param("longest", LONGEST)
                .query(KnownRows.of(DeviceHistory::map));
    }

    /** The latest dead letters of a device, open or not, in the order in which it failed. */
    public List<DeadLetter> deadLetters(SyncName sync, Eid eid) {
        return jdbc.sql("""
                        select * from (
                            select l.* from device d join dead_letter l on l.device_id = d.id
                            where d.sync = :sync and d.eid = :eid order by l.id desc fetch first :longest rows only) latest
                        order by id
                        """)
                .param("sync", sync.value())
                .param("eid", eid.value())
                .param("longest", LONGEST)
                .query(KnownRows.of(DeadLetters::map));
    }

    /** How a device differs from what it was sent. */
    public List<Drift> drift(SyncName sync, Eid eid) {
        return jdbc.sql("select * from drift where sync = :sync and eid = :eid order by code")
                .param("sync", sync.value())
                .param("eid", eid.value())
                .query(Drifts::map)
                .list();
    }

    private static JournaledCall map(ResultSet row, int number) throws SQLException {
        return new JournaledCall(
                row.getLong("id"),
                Rows.sync(row),
                Rows.run(row),
                Rows.step(row),
                row.getString("op_code"),
                row.getString("state"),
                Times.required(row, "intended_at"),
                Times.nullable(row, "answered_at"),
                row.getString("request_id"),
                row.getString("server_url"),
                Rows.optional(row, "iccid", Iccid::of),
                row.getString("name"),
                row.getString("device_group"),
                row.getBoolean("activated"),
                row.getBoolean("grouped"),
                beginning(row.getString("answer")),
                Times.nullable(row, "late_at"),
                beginning(row.getString("late_answer")));
    }

    private static @Nullable String beginning(@Nullable String answer) {
        return answer == null ? null : Text.cut(answer, SHOWN);
    }
}
