package io.celonamdm.ledger.report;

import io.celonamdm.esim.DeviceNumbers;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.report.Notice.Event;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.NoticeSource.Failing;
import io.celonamdm.text.Excerpt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The notices of each channel. A notice is recorded once for each subject, and stays until delivered. It is delivered
 * twice only if the process dies between delivering it and recording that.
 */
@Repository
@Transactional
public class Notices {
    /** How long no device may fail for a reason before that reason is news again. */
    private static final Duration QUIET = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Clock clock;

    Notices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A lasting state that a channel has reported and that was not over at the last check. */
    public record Told(long id, SyncName sync, String subject, Instant notedAt) {}

    /**
     * Records a notice for a channel, unless it was recorded before. It holds no device's number in full, even if it quotes
     * one from a vendor.
     *
     * @param sync the sync's name; empty for several syncs
     * @param subject what distinguishes it from other notices of that occasion
     */
    public void note(String channel, String sync, String occasion, String subject, String title, List<Line> lines) {
        jdbc.sql("""
                        insert into notice (channel, sync, occasion, subject, title, lines, noted_at, due_at)
                        values (:channel, :sync, :occasion, :subject, :title, :lines, :now, :now)
                        on conflict do nothing
                        """)
                .param("channel", channel)
                .param("sync", sync)
                .param("occasion", occasion)
                .param("subject", subject)
                .param("title", Excerpt.of(DeviceNumbers.shortened(title), 300))
                .param("lines", Json.write(lines))
                .param("now", Times.of(clock.instant()))
                .update();
    }

    /** Whether a notice is recorded. */
    @Transactional(readOnly = true)
    public boolean isNoted(String channel, String sync, String occasion, String subject) {
        return jdbc.sql("""
                        select exists (select 1 from notice where channel = :channel and sync = :sync
                            and occasion = :occasion and subject = :subject)
                        """)
                .param("channel", channel)
                .param("sync", sync)
                .param("occasion", occasion)
                .param("subject", subject)
                .query(Boolean.class)
                .single();
    }

    /** The notices to deliver now, the oldest first; an event of an incident only after the ones before it. */
    @Transactional(readOnly = true)
    public List<Notice> due(int limit) {
        return jdbc.sql("""
                        select * from notice n where due_at <= :now and (incident is null or not exists (
                            select 1 from notice e where e.incident = n.incident and e.channel = n.channel and e.id < n.id
                                and e.due_at is not null))
                        order by id fetch first :limit rows only
                        """)
                .param("now", Times.of(clock.instant()))
                .param("limit", limit)
                .query(Notices::map)
                .list();
    }

    /** Records that a notice was delivered. */
    public void told(long id) {
        jdbc.sql("update notice set due_at = null, failure = null, told_at = :now, event = null where id = :id")
                .param("now", Times.of(clock.instant()))
                .param("id", id)
                .update();
    }

    /**
     * Records that a notice could not be delivered.
     *
     * @param reason why
     * @param again when to try again; null gives it up
     */
    public void failed(long id, String reason, @Nullable Instant again) {
        if (again == null) {
            // nobody is told of the end of what nobody was told of
            jdbc.sql("""
                            update notice set due_at = null, event = null where incident is not null and told_at is null
                                and incident = (select o.incident from notice o where o.id = :id
                                    and o.subject like '%-open')
                                and channel = (select o.channel from notice o where o.id = :id)
                            """).param("id", id).update();
        }
        jdbc.sql("update notice set attempts = attempts + 1, failure = :reason, due_at = :again where id = :id")
                .param("reason", Text.cut(reason, Text.REASON))
                .param("again", Times.ofNullable(again))
                .param("id", id)
                .update();
    }

    /** The channel's notices of quarantines that were not over at the last check. */
    @Transactional(readOnly = true)
    public List<Told> openQuarantines(String channel) {
        return open(channel, "occasion = 'QUARANTINE'");
    }

    /** The channel's notices of doubt, empty pools and other states that were not over at the last check. */
    @Transactional(readOnly = true)
    public List<Told> openStates(String channel) {
        return open(channel, "occasion = 'FAILURE' and subject in (:states)");
    }

    private List<Told> open(String channel, String which) {
        return jdbc.sql("select * from notice where channel = :channel and over_at is null and " + which
                        + " order by id")
                .param("channel", channel)
                .param("states", Failing.STATES)
                .query((row, number) -> new Told(
                        row.getLong("id"), Rows.sync(row), row.getString("subject"), Times.required(row, "noted_at")))
                .list();
    }

    /** Records that what a notice reports is over. */
    public void over(long id) {
        jdbc.sql("update notice set over_at = :now where id = :id")
                .param("now", Times.of(clock.instant()))
                .param("id", id)
                .update();
    }

    /**
     * Forgets the notices of kinds of failure that are over, so that the next one is news again. A kind of failure is a code.
     * A subject of several words is about a run, which fails once.
     */
    public void forget() {
        Instant now = clock.instant();
        jdbc.sql("""
                        delete from notice where due_at is null and (
                            occasion = 'FAILURE' and subject in (:states) and over_at is not null
                            or occasion = 'FAILURE' and subject not in (:states)
                                and subject not like '% %' and not exists (
                                select 1 from dead_letter d where d.sync = notice.sync and d.code = notice.subject
                                    and (d.open_device is not null or d.last_at > :quiet)))
                        """)
                .param("states", Failing.STATES)
                .param("quiet", Times.of(now.minus(QUIET)))
                .update();
    }

    private static Notice map(ResultSet row, int number) throws SQLException {
        return new Notice(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("sync"),
                row.getString("occasion"),
                row.getString("title"),
                List.of(Json.read(row.getString("lines"), Line[].class)),
                Times.required(row, "noted_at"),
                row.getInt("attempts"),
                row.getString("event") == null ? null : new Event(row.getString("subject"), row.getString("event")));
    }
}
