package io.celonamdm.ledger.database;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionUsageException;

/**
 * Recognizes a temporary outage of the ledger by Spring's exceptions: unreachable, disk full, tables locked. The
 * driver's exceptions inside them prove nothing, since HTTP calls may throw the same classes.
 */
public final class LedgerTrouble {
    private LedgerTrouble() {}

    /** Whether the ledger failed and a retry may succeed. */
    public static boolean is(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof DataAccessException data) {
                return !(data instanceof DataIntegrityViolationException
                        || data instanceof DataRetrievalFailureException
                        || data instanceof InvalidDataAccessApiUsageException
                        || data instanceof InvalidDataAccessResourceUsageException);
            }
            if (each instanceof TransactionException transaction) {
                return !(transaction instanceof TransactionUsageException);
            }
        }
        return false;
    }
}
