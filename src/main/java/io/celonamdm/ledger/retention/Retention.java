package io.celonamdm.ledger.retention;

import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.retention.Deletions.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes what is older than a time, in pieces. A piece is one transaction that decides again what it may delete, so a
 * deletion can end after any of them and go on at another time or on another replica. Nothing is deleted that decides
 * whether an EID may get an eSIM.
 */
@Repository
@Transactional
class Retention {
    /** Calls in a piece; each is of up to some hundreds of devices. */
    private static final int CALLS = 20;

    private static final int ROWS = 500;
    private static final int DEVICES = 25;

    /** Longer than any warning period, so that nobody is warned twice of the same date. */
    private static final Duration KEPT_OF_EXPIRY = Duration.ofDays(400);

    /** What is past does not decide any longer how the device goes on. */
    private static final String SETTLED = """
            not exists (select 1 from device d where d.id = %s.device_id and d.place not in ('DONE', 'RETIRED'))""";

    private static final String ORPHANED =
            "select s.name from sync s where s.configured_at < :before and s.name not in (:configured)";

    private final JdbcClient jdbc;
    private final Deletions deletions;
    private final Erasure erasure;
    private final Clock clock;

    Retention(JdbcClient jdbc, Deletions deletions, Erasure erasure, Clock clock) {
        this.jdbc = jdbc;
        this.deletions = deletions;
        this.erasure = erasure;
        this.clock = clock;
    }

    /** Deletes a piece of what is older than a time, after the id; returns the last id looked at, if there may be more. */
    @FunctionalInterface
    public interface Piece {
        Optional<Long> delete(Instant before, long after);
    }

    /** Journaled calls, but for the devices that are neither done nor retired. The eSIMs that a device had stay known. */
    public Optional<Long> calls(Instant before, long after) {
        deletions.begin();
        List<Long> old = page("journal", "intended_at", before, after, CALLS);
        if (old.isEmpty()) {
            return Optional.empty();
        }
        String lines = " where x.journal_id in (:old) and exists (select 1 from journal j where j.id = x.journal_id"
                + " and j.state <> 'INTENDED' %s) and " + SETTLED.formatted("x");
        jdbc.sql("insert into former_esim (device_id, iccid) select distinct x.device_id, x.iccid from journal_device x"
                        + lines.formatted("and j.step <> 'ASSIGN'") + " and x.iccid is not null"
                        + " and exists (select 1 from device o where o.id = x.device_id) on conflict do nothing")
                .param("old", old)
                .update();
        jdbc.sql("delete from journal_device x" + lines.formatted(""))
                .param("old", old)
                .update();
        jdbc.sql("""
                        delete from journal where id in (:old) and state <> 'INTENDED'
                            and not exists (select 1 from journal_device x where x.journal_id = journal.id)
                        """).param("old", old).update();
        return last(old);
    }

    /** Closed dead letters of devices that are done or retired. */
    public Optional<Long> deadLetters(Instant before, long after) {
        deletions.begin();
        List<Long> old = page("dead_letter", "last_at", before, after, ROWS);
        deletions.delete(
                Counted.DEAD_LETTER,
                ids("dead_letter l", "l", "l.open_device is null and " + SETTLED.formatted("l"), old));
        return last(old);
    }

    /** Runs, but for the latest ones, with which the next is compared. */
    public Optional<Long> runs(Instant before, long after) {
        deletions.begin();
        List<Long> old = page("run", "closed_at", before, after, ROWS);
        List<Long> deleted = ids("run r", "r", """
                r.outcome is not null and exists (select 1 from run g where g.sync = r.sync and g.id > r.id
                        and g.outcome in ('SUCCESS', 'PARTIAL'))
                    and (select count(*) from run u where u.sync = r.sync and u.id > r.id and u.pull = 'DONE'
                        and u.credible and u.served is not null) > 1""", old);
        if (!deleted.isEmpty()) {
            for (String table : List.of("finding", "finding_count")) {
                jdbc.sql("delete from " + table + " where run_id in (:ids)")
                        .param("ids", deleted)
                        .update();
            }
        }
        deletions.delete(Counted.RUN, deleted);
        return last(old);
    }

    /** The audit. */
    public Optional<Long> audit(Instant before, long after) {
        deletions.begin();
        List<Long> old = page("audit", "at", before, after, ROWS);
        deletions.delete(Counted.AUDIT, old);
        return last(old);
    }

    /** Notices that were delivered or given up, and whose cause is over. */
    public Optional<Long> notices(Instant before, long after) {
        deletions.begin();
        List<Long> old = jdbc.sql("""
                        select id from notice where id > :after and due_at is null and (
                            occasion = 'FAILURE' and subject like '% %' and noted_at < :before
                            or occasion = 'EXPIRY' and noted_at < :long_ago
                            or occasion not in ('FAILURE', 'EXPIRY') and noted_at < :before
                                and (occasion <> 'QUARANTINE' or over_at is not null)
                                and (incident is null or incident not in (select i.id from incident i)))
                        order by id fetch first :limit rows only
                        """)
                .param("after", after)
                .param("before", Times.of(before))
                .param("long_ago", Times.of(clock.instant().minus(KEPT_OF_EXPIRY)))
                .param("limit", ROWS)
                .query(Long.class)
                .list();
        if (!old.isEmpty()) {
            jdbc.sql("delete from notice where id in (:ids)").param("ids", old).update();
        }
        return last(old);
    }

    /** The personal data of devices that the MDM no longer shows, unless something is still under way for them. */
    public Optional<Long> gone(Instant before, long after) {
        deletions.begin();
        List<Stored.Key> gone = jdbc.sql("""
                        select i.sync, i.eid from inventory i where i.gone_at < :before and i.present = false
                            and i.fingerprint <> :erased
                            and not exists (select 1 from device d where d.sync = i.sync and d.eid = i.eid
                                and d.place in ('WAITING', 'IN_FLIGHT', 'IN_DOUBT'))
                        order by i.gone_at fetch first :limit rows only
                        """)
                .param("before", Times.of(before))
                .param("erased", Inventory.ERASED)
                .param("limit", DEVICES)
                .query((row, number) -> new Stored.Key(Rows.sync(row), Rows.eid(row)))
                .list();
        gone.forEach(erasure::outlived);
        return gone.isEmpty() ? Optional.empty() : Optional.of(after);
    }

    /**
     * The personal data of devices whose sync has been in the settings of no process since a time, unless a call or a
     * doubt of theirs is open. Nothing says any longer whether their MDM shows them.
     *
     * @param configured the syncs that this process has, whatever the ledger says
     */
    public Optional<Long> orphaned(Instant before, long after, Collection<String> configured) {
        deletions.begin();
        List<Stored.Key> orphaned = jdbc.sql("""
                        select i.sync, i.eid from inventory i where i.sync in (%s) and i.fingerprint <> :erased
                            and not exists (select 1 from device d where d.sync = i.sync and d.eid = i.eid
                                and d.place in ('IN_FLIGHT', 'IN_DOUBT'))
                        order by i.sync, i.eid fetch first :limit rows only
                        """.formatted(ORPHANED))
                .param("before", Times.of(before))
                .param("configured", configured.isEmpty() ? List.of("") : configured)
                .param("erased", Inventory.ERASED)
                .param("limit", DEVICES)
                .query((row, number) -> new Stored.Key(Rows.sync(row), Rows.eid(row)))
                .list();
        orphaned.forEach(erasure::outlived);
        if (!orphaned.isEmpty()) {
            return Optional.of(after);
        }
        // what only the next pull of a sync would clear
        for (String left : List.of(
                "delete from pulled where sync in (%s)",
                "delete from finding where run_id in (select r.id from run r where r.sync in (%s))")) {
            jdbc.sql(left.formatted(ORPHANED))
                    .param("before", Times.of(before))
                    .param("configured", configured.isEmpty() ? List.of("") : configured)
                    .update();
        }
        return Optional.empty();
    }

    /** The ids of the oldest rows after an id, as far as they are older than a time. */
    private List<Long> page(String table, String at, Instant before, long after, int rows) {
        return jdbc.sql("select id from (select id, %1$s as from_when from %2$s where id > :after".formatted(at, table)
                        + " order by id fetch first :limit rows only) page where from_when < :before order by id")
                .param("after", after)
                .param("limit", rows)
                .param("before", Times.of(before))
                .query(Long.class)
                .list();
    }

    private List<Long> ids(String table, String alias, String condition, List<Long> among) {
        return among.isEmpty()
                ? List.of()
                : jdbc.sql("select %1$s.id from %2$s where %1$s.id in (:ids) and %3$s"
                                .formatted(alias, table, condition))
                        .param("ids", among)
                        .query(Long.class)
                        .list();
    }

    private static Optional<Long> last(List<Long> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
    }
}
