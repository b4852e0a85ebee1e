package io.celonamdm.ledger.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Opens a pool's connections to an H2 database of this process, also after the database has closed itself, for example
 * because its disk was full. A connection from before, used once more, makes H2 forget the database that was opened
 * since ({@code SessionLocal.getTransaction} of H2 2.3 and 2.4 removes it by its name). The forgotten database keeps its
 * file locked, so that no connection can be opened while the pool holds one: the pool must let go of all it has.
 */
final class EmbeddedDatabase extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    /** H2's ErrorCode: the file is locked. */
    private static final String IN_USE = "90020";

    private final HikariDataSource pool;

    private EmbeddedDatabase(HikariDataSource pool) {
        super(new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                pool.getUsername(),
                pool.getPassword()));
        this.pool = pool;
    }

    /** Lets a pool that has not been started open its connections in this way. */
    static void openFor(HikariDataSource pool) {
        pool.setDataSource(new EmbeddedDatabase(pool));
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            throw letGo(e);
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        try {
            return super.getConnection(username, password);
        } catch (SQLException e) {
            throw letGo(e);
        }
    }

    private SQLException letGo(SQLException failure) {
        // null while the pool starts: then another process has the file
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        if (IN_USE.equals(failure.getSQLState()) && connections != null && connections.getTotalConnections() > 0) {
            LOG.warn(
                    "H2 has lost its open database; the {} connections to it are closed, and it is opened again",
                    connections.getTotalConnections());
            connections.softEvictConnections();
        }
        return failure;
    }
}
