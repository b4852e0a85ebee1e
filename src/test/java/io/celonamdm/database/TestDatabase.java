package io.celonamdm.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Where a test keeps its ledger: in an H2 of its own in memory or, if the system property {@code test.database} says
 * {@code postgresql}, on a real PostgreSQL server. The build runs tests with the tag {@link #POSTGRESQL} on both.
 */
public final class TestDatabase {
    /** The tag of tests that run on PostgreSQL as well, and the value of the system property for it. */
    public static final String POSTGRESQL = "postgresql";

    private static final String H2 =
            "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";

    private TestDatabase() {}

    /** The JDBC address, with all that is needed to log in, of a new and empty database. */
    public static String create() {
        return POSTGRESQL.equals(System.getProperty("test.database"))
                ? createOnPostgres()
                : H2.formatted(UUID.randomUUID());
    }

    /** The JDBC address of a new and empty database on PostgreSQL, whatever the system property says. */
    public static String createOnPostgres() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return Server.POSTGRES.getJdbcUrl("postgres", name);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL gives no database", e);
        }
    }

    /** One server for all tests of a JVM, started by the first that asks; it ends with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
