package io.celonamdm.ledger.run;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Plans whose devices were not admitted, because of a guard or because only a plan was asked for. */
@Repository
@Transactional
public class Plans {
    private final JdbcClient jdbc;
    private final Clock clock;

    Plans(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a plan would have admitted, but did not.
     *
     * @param run the run that made it; its id is the plan's
     * @param madeAt when it was made
     * @param planOnly whether only a plan was asked for
     * @param guard the guard that held the devices back
     * @param devices the number of devices; 0 once the plan is approved
     * @param gone how many devices its pull no longer shows, which count as gone once it is approved
     * @param digest a hash over the devices' EIDs and the eSIMs that they must get
     */
    public record Plan(
            long run,
            Instant madeAt,
            boolean planOnly,
            @Nullable ReasonCode guard,
            int devices,
            int gone,
            String digest) {
        /** Whether it waits for a person's decision. */
        public boolean isHeldBack() {
            return guard != null && (devices > 0 || gone > 0);
        }
    }

    /** Records what the plan of a run did not admit. */
    public void made(long run, @Nullable ReasonCode guard, int devices, int gone, String digest) {
        jdbc.sql("""
                        update run set plan_at = :now, plan_guard = :guard, plan_devices = :devices, plan_gone = :gone,
                            plan_digest = :digest
                        where id = :run
                        """)
                .param("now", Times.of(clock.instant()))
                .param("guard", Text.name(guard))
                .param("devices", devices)
                .param("gone", gone)
                .param("digest", digest)
                .param("run", run)
                .update();
    }

    /** The latest plan of a sync. */
    @Transactional(readOnly = true)
    public Optional<Plan> latest(SyncName sync) {
        return jdbc.sql("""
                        select * from run where sync = :sync and plan_at is not null order by id desc fetch first 1 row only
                        """)
                .param("sync", sync.value())
                .query((row, number) -> {
                    String guard = row.getString("plan_guard");
                    return new Plan(
                            row.getLong("id"),
                            Times.required(row, "plan_at"),
                            row.getBoolean("plan_only"),
                            guard == null ? null : Rows.code(guard),
                            row.getInt("plan_devices"),
                            row.getInt("plan_gone"),
                            row.getString("plan_digest"));
                })
                .optional();
    }

    /** Records an approval: another run admits the devices, and the plan's inventory is the usual one from now on. */
    public void approved(Plan plan, long run) {
        jdbc.sql("update run set plan_devices = 0, plan_gone = 0 where id = :plan")
                .param("plan", plan.run())
                .update();
        jdbc.sql("""
                        update run set planned = planned + :devices, credible = true,
                            inventory = (select p.inventory from run p where p.id = :plan),
                            served = (select p.served from run p where p.id = :plan)
                        where id = :run
                        """)
                .param("devices", plan.devices())
                .param("plan", plan.run())
                .param("run", run)
                .update();
    }
}
