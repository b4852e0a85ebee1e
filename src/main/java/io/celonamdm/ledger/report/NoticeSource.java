package io.celonamdm.ledger.report;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.RunRows;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads the events and states that notices report, of all syncs. */
@Repository
@Transactional(readOnly = true)
public class NoticeSource {
    private final JdbcClient jdbc;

    NoticeSource(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A sync that is quarantined, and why. */
    public record Quarantined(SyncName sync, Quarantine quarantine) {}

    /**
     * Devices of a sync that have failed for one reason.
     *
     * @param code the reason, or one of {@link #STATES}
     * @param devices the number of devices
     */
    public record Failing(SyncName sync, String code, long devices) {
        /** Stands for devices in doubt, for any reason. */
        public static final String IN_DOUBT = "IN_DOUBT";

        /** Stands for devices that wait because no eSIM is left. */
        public static final String POOL_EXHAUSTED = "POOL_EXHAUSTED";

        /** Stands for devices that wait while nobody knows what Celona means by "Provisioned". */
        public static final String PROVISIONED_UNCLEAR = "PROVISIONED_UNCLEAR";

        /** Stands for looks between the nights that fail. */
        public static final String LOOKS_FAILING = "LOOKS_FAILING";

        /** Stands for new devices that a guard leaves to the next run. */
        public static final String LOOKS_HELD = "LOOKS_HELD";

        /** Codes of devices that are not dead letters; each of these states ends without a run. */
        static final Set<String> STATES =
                Set.of(IN_DOUBT, POOL_EXHAUSTED, PROVISIONED_UNCLEAR, LOOKS_FAILING, LOOKS_HELD);

        /** Whether they are dead letters. */
        public boolean isLetter() {
            return !STATES.contains(code);
        }
    }

    /** The syncs that are quarantined. */
    public List<Quarantined> quarantines() {
        return jdbc.sql("select * from sync where quarantine_code is not null order by name")
                .query((row, number) ->
                        new Quarantined(new SyncName(row.getString("name")), SyncStates.quarantine(row)))
                .list();
    }

    /** Open dead letters by code, and devices in each state that is reported. */
    public List<Failing> failing() {
        return jdbc.sql("""
                        select sync, code, count(*) as devices from dead_letter where open_device is not null
                        group by sync, code
                        union all
                        select name, 'IN_DOUBT', devices from (
                            select s.name as name, (select count(*) from device d
                                where d.sync = s.name and d.place = 'IN_DOUBT') as devices from sync s) doubtful
                        where devices > 0
                        union all
                        select d.sync, d.code, count(*) as devices from sync s join device d on d.sync = s.name
                            and d.place in ('WAITING', 'IN_FLIGHT') and d.code = 'POOL_EXHAUSTED'
                            group by d.sync, d.code
                        union all
                        select name, case look_failures when 0 then 'LOOKS_HELD' else 'LOOKS_FAILING' end,
                            case look_failures when 0 then look_found else 0 end
                        from sync where look_code is not null and (look_failures = 0 or look_failures >= :often)
                        union all
                        %s
                        order by 1, 2
                        """.formatted(Readings.UNCLEAR))
                .param("often", Look.OFTEN)
                .query((row, number) -> new Failing(Rows.sync(row), row.getString("code"), row.getLong("devices")))
                .list();
    }

    /** Open runs whose pull has failed at least {@code times} times and is retried. */
    public List<Run> pullsFailing(int times) {
        return jdbc.sql("select * from run where open_sync is not null and pull = 'WANTED' and pull_attempts >= :times"
                        + " and code is not null order by id")
                .param("times", times)
                .query(RunRows::map)
                .list();
    }

    /** Runs that have ended since a time, the earliest first. */
    public List<Run> runsEndedSince(Instant since) {
        return jdbc.sql("select * from run where closed_at >= :since order by id")
                .param("since", Times.of(since))
                .query(RunRows::map)
                .list();
    }
}
