package io.celonamdm.story;

import io.celonamdm.database.JdbcCall;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The connector's database, which fails when the story says so. */
final class StoryLedger extends DelegatingDataSource {
    private final Stage stage;
    private final Lives lives;

    StoryLedger(DataSource target, Stage stage, Lives lives) {
        super(target);
        this.stage = stage;
        this.lives = lives;
    }

    @Override
    public Connection getConnection() throws SQLException {
        lives.checkOrWait();
        return JdbcCall.intercepted(Connection.class, super.getConnection(), this::answer);
    }

    private @Nullable Object answer(JdbcCall call) throws Throwable {
        boolean commit = call.is("commit");
        if (!commit && call.prepares() == null) {
            return call.proceed();
        }
        lives.check();
        Event.What what = stage.nextLedger(commit);
        if (what == Event.What.DIES_AFTER || what == Event.What.LEDGER_COMMITS_AND_FAILS) {
            Object result = call.proceed();
            lives.check();
            if (what == Event.What.LEDGER_COMMITS_AND_FAILS && commit) {
                throw failure();
            }
            return result;
        }
        lives.check();
        if (what == Event.What.LEDGER_REFUSES) {
            throw new SQLTransientConnectionException("ledger - Connection is not available", failure());
        }
        if (what == Event.What.LEDGER_FAILS) {
            throw failure();
        }
        return call.proceed();
    }

    private static PSQLException failure() {
        return new PSQLException(
                "An I/O error occurred while sending to the backend.",
                PSQLState.CONNECTION_FAILURE,
                new SocketException("Connection reset"));
    }
}
