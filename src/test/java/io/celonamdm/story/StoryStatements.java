package io.celonamdm.story;

import io.celonamdm.database.JdbcCall;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The database's own connections, which parse each statement once: parsing takes H2 longer than a story's queries. */
final class StoryStatements extends AbstractDataSource {
    private final String address;

    StoryStatements(String address) {
        this.address = address;
    }

    /** The one connection that a story itself uses. */
    static DataSource always(String address) {
        try {
            return new SingleConnectionDataSource(new StoryStatements(address).getConnection(), true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = DriverManager.getConnection(address);
        return JdbcCall.intercepted(Connection.class, connection, new Remembering(connection));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    private static final class Remembering implements JdbcCall.Interceptor {
        private final Connection connection;
        private final Map<String, PreparedStatement> free = new HashMap<>();

        Remembering(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object answer(JdbcCall call) throws Throwable {
            String sql = call.prepares();
            if (sql == null || call.hasOptions()) {
                return call.proceed();
            }
            PreparedStatement known = free.remove(sql);
            PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
            return JdbcCall.intercepted(PreparedStatement.class, statement, does -> {
                if (!does.is("close")) {
                    return does.proceed();
                }
                statement.clearParameters();
                statement.clearBatch();
                PreparedStatement other = free.put(sql, statement);
                if (other != null && other != statement) {
                    other.close();
                }
                return null;
            });
        }
    }
}
