package io.celonamdm.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Which of the two databases the ledger is in. Only what H2 leaves to its user depends on that: backups and compaction. */
final class H2 {
    private H2() {}

    /** Whether the connection's database is H2, not PostgreSQL. */
    static boolean isAt(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }
}
