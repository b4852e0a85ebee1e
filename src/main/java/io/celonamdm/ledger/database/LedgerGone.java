package io.celonamdm.ledger.database;

import org.springframework.dao.DataAccessResourceFailureException;

/** The ledger was of no use for so long that what was to be written down is not. */
public class LedgerGone extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1L;

    private final transient Runnable transaction;

    LedgerGone(String message, Runnable transaction, Throwable cause) {
        super(message, cause);
        this.transaction = transaction;
    }

    /** What was to be written down, to be tried once more. */
    public Runnable transaction() {
        return transaction;
    }
}
