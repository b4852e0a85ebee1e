package io.celonamdm.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.SyncName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A gap in the numbers of runs looks like nights that were lost. */
class RunNumbersTest {
    private static final Duration WINDOW = Duration.ofHours(2);

    @TempDir
    Path folder;

    private DataSource database(String name) {
        return new DriverManagerDataSource("jdbc:h2:file:" + folder.resolve(name)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;"
                + "WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
    }

    private DataSource migrated() {
        DataSource database = database("ledger");
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    private static long open(DataSource database, SyncName sync) {
        Runs runs = new Runs(JdbcClient.create(database), Clock.systemUTC());
        assertThat(runs.open(sync, Run.Cause.ON_DEMAND, false, WINDOW)).isTrue();
        return runs.open(sync).orElseThrow().id();
    }

    /** The file as a process leaves it that is killed now: closing it would write down which numbers are left. */
    private DataSource killed(DataSource database, String from, String to) throws IOException, SQLException {
        Files.copy(folder.resolve(from + ".mv.db"), folder.resolve(to + ".mv.db"));
        close(database);
        return database(to);
    }

    private static void close(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    @Test
    void aKilledProcessLeavesNoGap() throws IOException, SQLException {
        DataSource first = migrated();
        assertThat(open(first, new SyncName("warehouse"))).isEqualTo(1);
        assertThat(open(first, new SyncName("office"))).isEqualTo(2);

        DataSource second = killed(first, "ledger", "second");
        assertThat(open(second, new SyncName("store"))).isEqualTo(3);

        DataSource third = killed(second, "second", "third");
        assertThat(open(third, new SyncName("depot"))).isEqualTo(4);
        close(third);
    }

    @Test
    void aRunThatIsOpenAlreadyTakesNoNumber() throws SQLException {
        DataSource database = migrated();
        Runs runs = new Runs(JdbcClient.create(database), Clock.systemUTC());
        assertThat(open(database, new SyncName("warehouse"))).isEqualTo(1);
        for (int again = 0; again < 5; again++) {
            assertThat(runs.open(new SyncName("warehouse"), Run.Cause.ON_DEMAND, false, WINDOW))
                    .isFalse();
        }

        assertThat(open(database, new SyncName("office"))).isEqualTo(2);
        close(database);
    }
}
