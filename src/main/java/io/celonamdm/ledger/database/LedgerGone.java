package io.celonamdm.ledger.database;

import org.springframework.dao.DataAccessResourceFailureException;

/** Thrown if the ledger was unavailable for so long that a transaction was not written. */
public class LedgerGone extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1L;

    private final transient Runnable transaction;

    LedgerGone(String message, Runnable transaction, Throwable cause) {
        super(message, cause);
        this.transaction = transaction;
    }

    /** The transaction that was not written, for another attempt. */
    public Runnable transaction() {
        return transaction;
    }
}
