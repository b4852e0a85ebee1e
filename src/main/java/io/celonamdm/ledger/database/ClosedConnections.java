package io.celonamdm.ledger.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Evicts pooled connections to an H2 database that has closed itself, for example because its disk is full. The pool
 * does not know H2's SQL states for that, and would hand out the dead connections for ever. A new connection opens the
 * database again.
 */
public final class ClosedConnections implements SQLExceptionOverride {
    // H2's ErrorCode: I/O failed, object closed, connection broken, database closed, database shut down
    private static final Set<String> CLOSED = Set.of("90028", "90031", "90007", "90067", "90098", "90121");

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return failure.getSQLState() != null && CLOSED.contains(failure.getSQLState())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
