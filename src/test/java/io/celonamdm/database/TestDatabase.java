package io.celonamdm.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;

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
        return isPostgres() ? createOnPostgres() : H2.formatted(UUID.randomUUID());
    }

    /** The JDBC address of a new and empty database on PostgreSQL, whatever the system property says. */
    public static String createOnPostgres() {
        return Server.copyOf(Server.EMPTY);
    }

    /** The JDBC address of a new ledger without an entry. It is a copy, which takes a fraction of what all migrations take. */
    public static String migrated() {
        if (isPostgres()) {
            return Server.copyOf(MigratedOnPostgres.NAME);
        }
        String url = create();
        execute(url, MigratedInMemory.SCRIPT);
        // the connector has a user of its own, and whoever creates the database has none
        execute(url, "create user \"SA\" password '' admin");
        return url;
    }

    private static boolean isPostgres() {
        return POSTGRESQL.equals(System.getProperty("test.database"));
    }

    private static void migrate(String url) {
        Flyway.configure().dataSource(url, null, null).load().migrate();
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One server for all tests of a JVM, started by the first that asks; it ends with the JVM. */
    private static final class Server {
        private static final String EMPTY = "template1";
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                // nothing of it outlives the tests, so it need not wait for the disk
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static String copyOf(String template) {
            String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
            execute(url("postgres"), "create database " + name + " template " + template);
            return url(name);
        }

        static String url(String database) {
            return POSTGRES.getJdbcUrl("postgres", database);
        }
    }

    private static final class MigratedOnPostgres {
        private static final String NAME = migrated();

        private static String migrated() {
            String url = Server.copyOf(Server.EMPTY);
            migrate(url);
            return url.replaceFirst("^[^?]*/", "").replaceFirst("\\?.*", "");
        }
    }

    private static final class MigratedInMemory {
        private static final String SCRIPT = script();

        private static String script() {
            String url = create();
            migrate(url);
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet lines = statement.executeQuery("script")) {
                StringBuilder script = new StringBuilder();
                while (lines.next()) {
                    script.append(lines.getString(1)).append('\n');
                }
                return script.toString();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
