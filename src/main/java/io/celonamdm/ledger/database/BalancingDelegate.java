package io.celonamdm.ledger.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;

/**
 * Selects the triggers that a replica fires: its share of what is due and under way, and more only if another replica
 * with fewer firings leaves them. A single replica fires all. Quartz creates it, by
 * {@code org.quartz.jobStore.driverDelegateClass}, and calls it while it holds the lock of the whole cluster.
 */
public final class BalancingDelegate extends PostgreSQLDelegate {
    /** Group of the triggers of firings that a replica had to put back. They are for any other, whatever its share. */
    public static final String PUT_BACK = "put-back";

    /** Longer than the pause between two looks of an idle scheduler, see {@code org.quartz.scheduler.idleWaitTime}. */
    private static final long PATIENCE = 6_000;

    private static final int MOST = 1_000;

    /** The due triggers that this replica leaves to others, and the end of its horizon when it first did. */
    private final Map<TriggerKey, Long> left = new HashMap<>();

    /** Begins without anything left to others. */
    public BalancingDelegate() {}

    @Override
    public List<TriggerKey> selectTriggerToAcquire(
            Connection connection, long noLaterThan, long noEarlierThan, int maxCount) throws SQLException {
        if (mayTakeMore(connection, noLaterThan)) {
            left.clear();
            return super.selectTriggerToAcquire(connection, noLaterThan, noEarlierThan, maxCount);
        }
        List<TriggerKey> due = super.selectTriggerToAcquire(connection, noLaterThan, noEarlierThan, MOST);
        left.keySet().retainAll(due);
        due.forEach(key -> left.putIfAbsent(key, noLaterThan));
        return due.stream()
                .filter(key -> key.getGroup().equals(PUT_BACK)
                        || noLaterThan - left.getOrDefault(key, noLaterThan) >= PATIENCE)
                .limit(maxCount)
                .toList();
    }

    private boolean mayTakeMore(Connection connection, long noLaterThan) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select count(*), sum(firings), min(firings),"
                + " max(case when instance_name = ? then firings end) from " + ReplicaLoads.LOADS
                + " where sched_name = ?")) {
            statement.setString(1, instanceId);
            statement.setString(2, schedName);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                int replicas = row.getInt(1);
                int underWay = row.getInt(2);
                int fewest = row.getInt(3);
                int own = row.getInt(4);
                // a replica that has not checked in lately does not know its share
                return row.wasNull()
                        || own <= fewest
                        || own < (underWay + syncsDue(connection, noLaterThan)) / replicas;
            }
        }
    }

    private int syncsDue(Connection connection, long noLaterThan) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(distinct job_name) from qrtz_triggers"
                        + " where sched_name = ? and trigger_state = 'WAITING' and next_fire_time <= ?")) {
            statement.setString(1, schedName);
            statement.setLong(2, noLaterThan);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
