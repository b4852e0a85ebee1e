package io.celonamdm.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/** Detects which database holds the ledger. Only what H2 leaves to its user depends on it, such as backups. */
final class H2 {
    private H2() {}

    /** Whether the connection's database is H2, not PostgreSQL. */
    static boolean isAt(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    /** The store of the H2 database of this process that the connection leads to, if it leads to one. */
    static Optional<MVStore> store(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                        && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                ? Optional.of(session.getDatabase().getStore().getMvStore())
                : Optional.empty();
    }
}
