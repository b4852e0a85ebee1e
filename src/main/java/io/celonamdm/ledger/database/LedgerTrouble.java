package io.celonamdm.ledger.database;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionUsageException;

/**
 * Tells by Spring's exceptions whether the ledger is of no use for a while: not reachable, its disk full, its tables
 * locked. What a driver throws inside of them may be of the same class as what an HTTP call throws, and says nothing.
 */
public final class LedgerTrouble {
    private LedgerTrouble() {}

    /** Whether it was the ledger that failed, and the same may succeed later. */
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
