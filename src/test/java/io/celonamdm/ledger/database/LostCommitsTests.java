package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** H2 says of a commit that it is done, although another connection's failed write has closed the file. */
class LostCommitsTests {
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final JdbcTransactionManager manager = new JdbcTransactionManager(pool);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @BeforeEach
    void start(@TempDir Path folder) {
        pool.setJdbcUrl("jdbc:h2:file:" + folder.resolve("ledger") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
        EmbeddedDatabase.openFor(pool);
        manager.setTransactionExecutionListeners(List.of(new LostCommits(pool)));
        jdbc.execute("create table kept (id int)");
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void aCommitToAFileThatWasClosedHasFailed() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.update("insert into kept values (1)");
                    closeFile();
                }))
                .isInstanceOf(TransactionSystemException.class)
                .matches(LedgerTrouble::is, "is temporary, so that what was written is written again");
    }

    @Test
    void whatIsInTheFileOrWroteNothingHasNot() {
        assertThatCode(() -> transaction.executeWithoutResult(status -> jdbc.update("insert into kept values (1)")))
                .doesNotThrowAnyException();

        TransactionTemplate reading = new TransactionTemplate(manager);
        reading.setReadOnly(true);
        assertThatCode(() -> reading.executeWithoutResult(status -> {
                    assertThat(jdbc.queryForList("select id from kept", Integer.class))
                            .containsExactly(1);
                    closeFile();
                }))
                .doesNotThrowAnyException();
    }

    private void closeFile() {
        jdbc.execute(H2::store).ifPresent(MVStore::closeImmediately);
    }
}
