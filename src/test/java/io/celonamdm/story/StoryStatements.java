package io.celonamdm.story;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
        return proxy(Connection.class, new Remembering(DriverManager.getConnection(address)));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class Remembering implements InvocationHandler {
        private final Connection connection;
        private final Map<String, PreparedStatement> free = new HashMap<>();

        Remembering(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (!method.getName().equals("prepareStatement") || arguments == null || arguments.length != 1) {
                return StoryStatements.invoke(connection, method, arguments);
            }
            String sql = (String) arguments[0];
            PreparedStatement known = free.remove(sql);
            PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
            return proxy(PreparedStatement.class, (self, does, with) -> {
                if (!does.getName().equals("close")) {
                    return StoryStatements.invoke(statement, does, with);
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
