package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTests {
    private static final int ENOUGH = 4;
    private final HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void start(@TempDir Path folder) throws SQLException {
        pool.setJdbcUrl("jdbc:h2:file:" + folder.resolve("ledger") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
        pool.setConnectionTimeout(1000);
        pool.setMinimumIdle(0);
        pool.setExceptionOverrideClassName(ClosedConnections.class.getName());
        EmbeddedDatabase.openFor(pool);
        try (Connection connection = pool.getConnection()) {
            does(connection, "create table kept (id int)");
        }
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void aConnectionFromBeforeTheDatabaseClosedItselfKeepsNobodyOut() throws SQLException {
        Connection before = pool.getConnection();
        closeItself();
        Connection since = await().ignoreExceptions().until(pool::getConnection, this::isOpen);
        does(since, "insert into kept values (1)");

        assertThatThrownBy(() -> does(before, "insert into kept values (0)")).isInstanceOf(SQLException.class);
        before.close();
        since.close();

        assertManyCanBeOpened();
        try (Connection connection = pool.getConnection()) {
            assertThat(does(connection, "delete from kept"))
                    .as("rows that were kept")
                    .isOne();
        }
    }

    @Test
    void whoeverWorksInTheMeantimeFinishes() throws SQLException {
        Connection before = pool.getConnection();
        closeItself();
        Connection since = await().ignoreExceptions().until(pool::getConnection, this::isOpen);
        since.setAutoCommit(false);
        does(since, "insert into kept values (1)");
        assertThatThrownBy(() -> does(before, "insert into kept values (0)")).isInstanceOf(SQLException.class);
        before.close();
        assertThatThrownBy(pool::getConnection)
                .as("the forgotten database still has its file")
                .hasStackTraceContaining("The file is locked");

        does(since, "insert into kept values (2)");
        since.commit();
        since.close();

        assertManyCanBeOpened();
        try (Connection connection = pool.getConnection()) {
            assertThat(does(connection, "delete from kept"))
                    .as("rows that were kept")
                    .isEqualTo(2);
        }
    }

    /** As it does when it cannot write. */
    private void closeItself() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Session session = connection.unwrap(JdbcConnection.class).getSession();
            ((SessionLocal) session).getDatabase().getStore().getMvStore().closeImmediately();
            assertThatThrownBy(() -> does(connection, "insert into kept values (0)"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private void assertManyCanBeOpened() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            List<Connection> open = new ArrayList<>();
            try {
                while (open.size() < ENOUGH) {
                    open.add(pool.getConnection());
                }
                return open.stream().allMatch(this::isOpen);
            } finally {
                for (Connection connection : open) {
                    connection.close();
                }
            }
        });
    }

    private boolean isOpen(Connection connection) {
        try {
            does(connection, "update kept set id = id");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static int does(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }
}
