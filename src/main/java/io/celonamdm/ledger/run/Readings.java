package io.celonamdm.ledger.run;

import io.celonamdm.celona.Reading;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.KnownRows;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What each sync has seen as proof of what Celona means by "Provisioned". */
@Repository
@Transactional
public class Readings {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

    /** Devices of each sync whose activations were all refused so far, so that the meaning is unknown. */
    public static final String UNCLEAR = """
            select d.sync, 'PROVISIONED_UNCLEAR' as code, count(*) as devices from sync s join device d on d.sync = s.name
                and d.place = 'WAITING' and d.code = 'NOT_PROVISIONED' and d.refused_at is not null
            where not exists (select 1 from reading r where r.sync = s.name)
                and not exists (select 1 from run o where o.open_sync = s.name)
                and not exists (select 1 from device a where a.sync = s.name and a.activated_at is not null)
            group by d.sync
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Readings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The proof of a reading.
     *
     * @param reading the meaning
     * @param eid the EID of the device that showed it first
     * @param device the ledger's id of that device; null if the ledger no longer has it
     * @param at when it did
     */
    public record Proof(Reading reading, Eid eid, @Nullable Long device, Instant at) {}

    /** Records that a device has shown the meaning; the first one is kept. */
    public void proved(SyncName sync, Reading reading, Eid eid) {
        boolean first = jdbc.sql("""
                                insert into reading (sync, reading, eid, seen_at)
                                select :sync, :reading, :eid, :now from (select 1 as one) first
                                where not exists (select 1 from reading r where r.sync = :sync and r.reading = :reading)
                                """)
                        .param("sync", sync.value())
                        .param("reading", reading.name())
                        .param("eid", eid.value())
                        .param("now", Times.of(clock.instant()))
                        .update()
                == 1;
        if (first) {
            LOG.info(
                    "a device has shown that Celona calls an eSIM \"Provisioned\" once it is {}",
                    reading == Reading.ASSIGNED ? "assigned" : "downloaded");
        }
    }

    /** All proofs of a sync, at most one for each reading. */
    @Transactional(readOnly = true)
    public List<Proof> proofs(SyncName sync) {
        return jdbc.sql(
                        "select r.*, d.id as device from reading r left join device d on d.sync = r.sync and d.eid = r.eid"
                                + " where r.sync = :sync order by r.reading")
                .param("sync", sync.value())
                .query(KnownRows.of((row, number) -> new Proof(
                        Rows.word(row, "reading", Reading.class),
                        Rows.eid(row),
                        row.getObject("device", Long.class),
                        Times.required(row, "seen_at"))));
    }

    /** The meaning; empty until a device has shown it, or if devices have shown both. */
    @Transactional(readOnly = true)
    public Optional<Reading> of(SyncName sync) {
        List<Proof> proofs = proofs(sync);
        return proofs.size() == 1 ? Optional.of(proofs.get(0).reading()) : Optional.empty();
    }

    /** The number of waiting devices while the meaning is unknown: Celona has refused every activation so far. */
    @Transactional(readOnly = true)
    public long unclear(SyncName sync) {
        return jdbc.sql("select coalesce(sum(devices), 0) from (" + UNCLEAR + ") unclear where sync = :sync")
                .param("sync", sync.value())
                .query(Long.class)
                .single();
    }
}
