package io.celonamdm.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Detects which database holds the ledger. Only backups and compaction depend on it: H2 leaves both to its user. */
final class H2 {
    private H2() {}

    /** Whether the connection's database is H2, not PostgreSQL. */
    static boolean isAt(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }
}
