package io.celonamdm.process;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The data that a process left in its database. */
final class Ledger implements AutoCloseable {
    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;

    /** The ledger in a file of H2. */
    Ledger(Path file) {
        // the options that name tables and order rows are the connector's own; IFEXISTS, so that a typo finds no ledger
        this("jdbc:h2:file:" + file
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;IFEXISTS=TRUE");
    }

    /** The ledger at a JDBC address. */
    Ledger(String url) {
        connection = new SingleConnectionDataSource(url, true);
        jdbc = JdbcClient.create(connection);
    }

    /**
     * Where a device stands.
     *
     * @param eid the eSIM chip
     * @param step the step
     * @param place the place
     * @param code why it stands there, or empty
     * @param iccid its eSIM, or empty
     */
    record Row(String eid, String step, String place, String code, String iccid) {
        /** Where it stands, in words. */
        String where() {
            return (place + " " + step + " " + code).strip();
        }
    }

    /** Every device. */
    List<Row> devices() {
        return jdbc.sql("select eid, step, place, code, iccid from device order by eid")
                .query(Ledger::row)
                .list();
    }

    /** The device of an EID, of which there is exactly one. */
    Row device(String eid) {
        return jdbc.sql("select eid, step, place, code, iccid from device where eid = ?")
                .param(eid)
                .query(Ledger::row)
                .single();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString("eid"),
                row.getString("step"),
                row.getString("place"),
                text(row.getString("code")),
                text(row.getString("iccid")));
    }

    /** Which migrations of its past are other ones today, in words; those still to come do not count. */
    List<String> changedMigrations() {
        return flyway().validateWithResult().invalidMigrations.stream()
                .map(migration -> "V%s %s: %s"
                        .formatted(migration.version, migration.description, migration.errorDetails.errorMessage))
                .toList();
    }

    /** The migrations that the ledger has yet to go through. */
    List<String> pendingMigrations() {
        return Stream.of(flyway().info().pending())
                .map(migration -> "V%s %s".formatted(migration.getVersion(), migration.getDescription()))
                .toList();
    }

    /** The migration that the ledger was moved by last. */
    String schema() {
        return "V" + Objects.requireNonNull(flyway().info().current()).getVersion();
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(connection)
                .ignoreMigrationPatterns("*:pending")
                .load();
    }

    /** How many devices stand where. */
    Map<String, Long> places() {
        return count(devices().stream().map(Row::where));
    }

    /** How many journal entries of a step are in which state. */
    Map<String, Long> journal(String step) {
        return count(texts("select state from journal where step = ?", step).stream());
    }

    /** How often each text occurs. */
    static Map<String, Long> count(Stream<String> texts) {
        return texts.collect(groupingBy(Function.identity(), TreeMap::new, counting()));
    }

    /** The first column of what a query finds. */
    List<String> texts(String sql, String parameter) {
        return jdbc.sql(sql).param(parameter).query(String.class).list();
    }

    /** The first column of what a query finds. */
    List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    /** Pretends that a sync's night passed at the given time, for the ledger and for Quartz. */
    void nightWasDue(String sync, Instant time) {
        jdbc.sql("update sync set nightly_due_at = ? where name = ?")
                .param(time.atOffset(ZoneOffset.UTC))
                .param(sync)
                .update();
        jdbc.sql("update qrtz_triggers set next_fire_time = ? where trigger_group = 'sync' and trigger_name = ?")
                .param(time.toEpochMilli())
                .param(sync)
                .update();
    }

    /** Pretends that no process has had a sync in its settings since the given time. */
    void lastConfigured(String sync, Instant time) {
        jdbc.sql("update sync set configured_at = ? where name = ?")
                .param(time.atOffset(ZoneOffset.UTC))
                .param(sync)
                .update();
    }

    @Override
    public void close() {
        connection.destroy();
    }

    private static String text(@Nullable String column) {
        return column == null ? "" : column;
    }
}
