package io.celonamdm.story;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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

    StoryLedger(DataSource target, Stage stage) {
        super(target);
        this.stage = stage;
    }

    @Override
    public Connection getConnection() throws SQLException {
        stage.lives.check();
        Connection target = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                StoryLedger.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(target, method, arguments));
    }

    private @Nullable Object call(Connection target, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean commit = method.getName().equals("commit");
        if (!commit && !method.getName().equals("prepareStatement")) {
            return invoke(target, method, arguments);
        }
        stage.lives.check();
        Event.What what = stage.nextLedger(commit);
        if (what == Event.What.DIES_AFTER || what == Event.What.LEDGER_COMMITS_AND_FAILS) {
            Object result = invoke(target, method, arguments);
            stage.lives.check();
            if (what == Event.What.LEDGER_COMMITS_AND_FAILS && commit) {
                throw failure();
            }
            return result;
        }
        stage.lives.check();
        if (what == Event.What.LEDGER_REFUSES) {
            throw new SQLTransientConnectionException("ledger - Connection is not available", failure());
        }
        if (what == Event.What.LEDGER_FAILS) {
            throw failure();
        }
        return invoke(target, method, arguments);
    }

    private static PSQLException failure() {
        return new PSQLException(
                "An I/O error occurred while sending to the backend.",
                PSQLState.CONNECTION_FAILURE,
                new SocketException("Connection reset"));
    }

    private static @Nullable Object invoke(Connection target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
