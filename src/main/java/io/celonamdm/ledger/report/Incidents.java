package io.celonamdm.ledger.report;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Open incidents, and the events of them that channels are told. However many processes look, each event is recorded once. */
@Repository
@Transactional
public class Incidents {
    private static final String OCCASION = "INCIDENT";
    private static final Duration DAY = Duration.ofDays(1);

    /** Dead letters whose devices were put back to work, and have not got beyond the step at which they failed. */
    private static final String RETRIED = """
            select count(*) from dead_letter l join device d on d.id = l.device_id and d.place in ('WAITING', 'IN_FLIGHT')
            where l.sync = :sync and l.code = :code and l.open_device is null
                and l.id = (select max(n.id) from dead_letter n where n.device_id = l.device_id)
                and %s <= %s
            """.formatted(order("d.step"), order("l.step"));

    private final JdbcClient jdbc;
    private final Clock clock;

    Incidents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An open incident.
     *
     * @param id its key at receivers, from its opening to its end
     * @param sync the sync's name
     * @param kind what waits for a person
     * @param code why
     * @param openedAt when it was opened
     * @param toldAt when its latest event was noted
     * @param events the number of its events so far
     * @param facts what the latest one said, in short
     */
    public record Incident(
            String id,
            SyncName sync,
            String kind,
            String code,
            Instant openedAt,
            Instant toldAt,
            int events,
            String facts) {}

    /** A channel's event that opens an incident; one that was given up is not told of what follows. */
    public record Opening(String channel, String incident, boolean givenUp) {}

    /** All open incidents. */
    @Transactional(readOnly = true)
    public List<Incident> all() {
        return jdbc.sql("select * from incident order by opened_at, id")
                .query(Incidents::map)
                .list();
    }

    /** Opens an incident; empty if it is open already. */
    public Optional<Incident> begin(SyncName sync, String kind, String code, String facts) {
        Instant now = Times.of(clock.instant()).toInstant();
        Incident incident = new Incident(UUID.randomUUID().toString(), sync, kind, code, now, now, 1, facts);
        int added = jdbc.sql("""
                        insert into incident (id, sync, kind, code, opened_at, told_at, events, facts)
                        values (:id, :sync, :kind, :code, :now, :now, 1, :facts) on conflict do nothing
                        """)
                .param("id", incident.id)
                .param("sync", sync.value())
                .param("kind", kind)
                .param("code", code)
                .param("now", Times.of(now))
                .param("facts", facts)
                .update();
        return added == 0 ? Optional.empty() : Optional.of(incident);
    }

    /** Records another event of an incident; only the first caller has an effect. */
    public boolean goesOn(Incident incident, String facts) {
        return jdbc.sql("""
                        update incident set events = events + 1, told_at = :now, facts = :facts
                        where id = :id and events = :events
                        """)
                        .param("now", Times.of(clock.instant()))
                        .param("facts", facts)
                        .param("id", incident.id)
                        .param("events", incident.events)
                        .update()
                > 0;
    }

    /** Ends an incident; only the first caller has an effect. */
    public boolean end(Incident incident) {
        return jdbc.sql("delete from incident where id = :id and events = :events")
                        .param("id", incident.id)
                        .param("events", incident.events)
                        .update()
                > 0;
    }

    /** Whether a dead letter with the code is being retried, so that nobody knows yet whether it is mended. */
    @Transactional(readOnly = true)
    public boolean isRetried(SyncName sync, String code) {
        return jdbc.sql(RETRIED)
                        .param("sync", sync.value())
                        .param("code", code)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Records an event for a channel, unless it was recorded before. */
    public void note(String channel, String sync, String incident, String id, String title, String json) {
        jdbc.sql("""
                        insert into notice (channel, sync, occasion, subject, title, lines, noted_at, due_at, incident, event)
                        values (:channel, :sync, :occasion, :subject, :title, '[]', :now, :now, :incident, :event)
                        on conflict do nothing
                        """)
                .param("channel", channel)
                .param("sync", sync)
                .param("occasion", OCCASION)
                .param("subject", id)
                .param("title", Text.cut(title, 300))
                .param("now", Times.of(clock.instant()))
                .param("incident", incident)
                .param("event", json)
                .update();
    }

    /** The events that open incidents, of all channels. */
    @Transactional(readOnly = true)
    public List<Opening> openings() {
        return jdbc.sql("""
                        select n.channel, n.incident, case when n.due_at is null and n.told_at is null then 1 else 0 end
                            as given_up
                        from incident i join notice n on n.incident = i.id and n.subject like '%-open'
                        """)
                .query((row, number) ->
                        new Opening(row.getString("channel"), row.getString("incident"), row.getInt("given_up") == 1))
                .list();
    }

    /**
     * Forgets openings that were given up, so that incidents that are still open are told again.
     *
     * @param all whether to forget those of the last day too
     */
    public void forgetGivenUp(boolean all) {
        jdbc.sql("""
                        delete from notice where incident in (select i.id from incident i) and subject like '%-open'
                            and due_at is null and told_at is null and noted_at < :before
                        """)
                .param(
                        "before",
                        Times.of(all ? clock.instant() : clock.instant().minus(DAY)))
                .update();
    }

    private static String order(String step) {
        return "case %s when 'ASSIGN' then 1 when 'AWAIT' then 2 when 'PUSH' then 3 when 'ACTIVATE' then 4 else 5 end"
                .formatted(step);
    }

    private static Incident map(ResultSet row, int number) throws SQLException {
        return new Incident(
                row.getString("id"),
                new SyncName(row.getString("sync")),
                row.getString("kind"),
                row.getString("code"),
                Times.required(row, "opened_at"),
                Times.required(row, "told_at"),
                row.getInt("events"),
                row.getString("facts"));
    }
}
