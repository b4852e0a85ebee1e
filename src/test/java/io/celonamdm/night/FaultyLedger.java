package io.celonamdm.night;

import io.celonamdm.database.JdbcCall;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that fails at a chosen statement or commit, and comes back after a while. */
final class FaultyLedger extends DelegatingDataSource {
    private static volatile @Nullable Fault fault;

    /** Puts it in the place of the usual one. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        static BeanPostProcessor faultyLedger() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new FaultyLedger(source) : bean;
                }
            };
        }
    }

    /** Where it goes away. */
    enum Moment {
        /** The statement is not executed. */
        STATEMENT,
        /** The transaction of the statement is not committed. */
        COMMIT,
        /** The transaction of the statement is committed, and the commit reported as failed. */
        COMMITTED,
        /** Right after the transaction of the statement was committed, and reported as such. */
        AFTER_COMMIT
    }

    /** How the PostgreSQL driver says so. */
    enum Shape {
        REFUSED,
        RESET,
        CUT,
        UNKNOWN_HOST,
        TLS;

        private Exception cause() {
            return switch (this) {
                case REFUSED -> new ConnectException("Connection refused");
                case RESET -> new SocketException("Connection reset");
                case CUT -> new EOFException();
                case UNKNOWN_HOST -> new UnknownHostException("db.example");
                case TLS -> new SSLHandshakeException("PKIX path building failed");
            };
        }
    }

    private static final class Fault {
        private final String statement;
        private final AtomicInteger countdown;
        private final Moment moment;
        private final Shape shape;
        private final Duration length;
        private volatile long until;

        Fault(String statement, int number, Moment moment, Shape shape, Duration length) {
            this.statement = statement;
            this.countdown = new AtomicInteger(number);
            this.moment = moment;
            this.shape = shape;
            this.length = length;
        }

        void begin() {
            until = System.nanoTime() + length.toNanos();
        }

        boolean isOn() {
            return until != 0 && System.nanoTime() < until;
        }

        PSQLException failure() {
            return new PSQLException("The connection attempt failed.", PSQLState.CONNECTION_FAILURE, shape.cause());
        }
    }

    private FaultyLedger(DataSource target) {
        super(target);
    }

    /** It goes away at the so-manieth statement that begins so. */
    static void at(String statement, int number, Moment moment, Shape shape, Duration length) {
        fault = new Fault(statement, number, moment, shape, length);
    }

    /** It goes away now. */
    static void now(Shape shape, Duration length) {
        Fault now = new Fault("", 0, Moment.STATEMENT, shape, length);
        now.begin();
        fault = now;
    }

    /** Whether it went away, and is back. */
    static boolean isOver() {
        Fault known = fault;
        return known != null && known.until != 0 && !known.isOn();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Fault known = fault;
        if (known != null && known.isOn()) {
            throw new SQLTransientConnectionException("ledger - Connection is not available", known.failure());
        }
        return faulty(super.getConnection());
    }

    private static Connection faulty(Connection target) {
        boolean[] meant = new boolean[1];
        return JdbcCall.intercepted(Connection.class, target, call -> answer(call, meant));
    }

    private static @Nullable Object answer(JdbcCall call, boolean[] meant) throws Throwable {
        Fault known = fault;
        String sql = call.prepares();
        if (known != null) {
            if (sql != null && isMeant(known, sql)) {
                meant[0] = true;
                if (known.moment == Moment.STATEMENT) {
                    known.begin();
                }
            }
            if (call.is("commit") && meant[0]) {
                meant[0] = false;
                if (known.moment == Moment.COMMITTED || known.moment == Moment.AFTER_COMMIT) {
                    call.proceed();
                }
                known.begin();
                if (known.moment == Moment.AFTER_COMMIT) {
                    return null;
                }
            }
            if (known.isOn() && (sql != null || call.is("commit"))) {
                throw known.failure();
            }
        }
        return call.proceed();
    }

    private static boolean isMeant(Fault known, String sql) {
        return known.countdown.get() > 0
                && sql.strip().toLowerCase(Locale.ROOT).startsWith(known.statement)
                && known.countdown.decrementAndGet() == 0;
    }
}
