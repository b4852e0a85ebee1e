package io.celonamdm.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionSystemException;

/**
 * Reports commits that H2 acknowledged and did not write. A write that fails, as on a full disk, closes the file for all
 * connections; a commit of another one then does nothing, and says nothing ({@code MVStore.store} of H2 2.3). A call
 * whose intent is lost in this way would be made twice.
 */
@Component
class LostCommits implements TransactionExecutionListener {
    private final DataSource ledger;

    LostCommits(DataSource ledger) {
        this.ledger = ledger;
    }

    /** @throws TransactionSystemException if the commit may be lost; what it wrote must be safe to write once more */
    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure != null || transaction.isReadOnly()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(ledger);
        try {
            if (H2.store(connection).filter(MVStore::isClosed).isPresent()) {
                throw new TransactionSystemException("H2 closed the ledger's file before it wrote a commit");
            }
        } catch (SQLException e) {
            throw new TransactionSystemException("whether H2 wrote a commit is unknown", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, ledger);
        }
    }
}
