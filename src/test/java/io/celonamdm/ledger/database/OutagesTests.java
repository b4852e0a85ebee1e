package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.clock.OwnedClock;
import io.celonamdm.rings.Slow;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbc.JdbcSQLNonTransientConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Waits for the ledger during an outage, within limits, so that no answer is lost. */
@Slow
class OutagesTests {
    private final OwnedClock clock = new OwnedClock(Instant.parse("2026-11-29T04:30:00Z"));
    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();

    /** A clock that goes by the pauses. */
    private static final class NoWaiting extends Outages {
        private final OwnedClock clock;

        NoWaiting(ApplicationContext application, OwnedClock clock) {
            super(application, clock);
            this.clock = clock;
        }

        @Override
        boolean stopsWithin(long milliseconds) {
            clock.pass(Duration.ofMillis(milliseconds));
            return super.stopsWithin(0);
        }
    }

    /** Writes something down, unless the ledger is away. */
    @Component
    static class Writing {
        private final Clock clock;
        private final AtomicInteger attempts = new AtomicInteger();
        private Instant back = Instant.MIN;
        private RuntimeException failure = new IllegalStateException();

        Writing(Clock clock) {
            this.clock = clock;
        }

        void awayFor(Duration time, RuntimeException how) {
            back = clock.instant().plus(time);
            failure = how;
        }

        int attempts() {
            return attempts.get();
        }

        @OutlastsOutages
        String write(String what) {
            attempts.incrementAndGet();
            if (clock.instant().isBefore(back)) {
                throw failure;
            }
            return what + " is written";
        }
    }

    @EnableTransactionManagement
    static class Settings {}

    private Writing start() {
        beans.registerBean(Clock.class, () -> clock);
        beans.registerBean(Outages.class, () -> new NoWaiting(beans, clock));
        beans.register(Settings.class, Writing.class);
        beans.refresh();
        return beans.getBean(Writing.class);
    }

    @AfterEach
    void stop() {
        beans.close();
    }

    private static RuntimeException gone() {
        return new CannotCreateTransactionException(
                "Could not open JDBC Connection for transaction",
                new PSQLException("refused", PSQLState.CONNECTION_UNABLE_TO_CONNECT, new ConnectException("refused")));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 36, 50, 90, 590})
    void anOutageIsOutlasted(int seconds) {
        Writing writing = start();
        writing.awayFor(Duration.ofSeconds(seconds), gone());

        assertThat(writing.write("the answer")).isEqualTo("the answer is written");
        assertThat(writing.attempts()).as("attempts").isLessThan(seconds + 6);
    }

    @Test
    void whatCannotBeWrittenForTooLongCanBeTriedOnceMore() {
        Writing writing = start();
        writing.awayFor(Outages.PATIENCE.plusHours(1), gone());

        assertThatThrownBy(() -> writing.write("the answer"))
                .isInstanceOfSatisfying(LedgerGone.class, failure -> {
                    int attempts = writing.attempts();
                    assertThatThrownBy(() -> failure.transaction().run())
                            .isInstanceOf(CannotCreateTransactionException.class);
                    clock.pass(Duration.ofHours(2));
                    failure.transaction().run();
                    assertThat(writing.attempts()).isEqualTo(attempts + 2);
                })
                .matches(LedgerTrouble::is);
    }

    @Test
    void theWaitEndsWhenTheConnectorStops() {
        Writing writing = start();
        writing.awayFor(Duration.ofMinutes(5), gone());
        beans.getBean(Outages.class).stopping(new ContextClosedEvent(beans));

        assertThatThrownBy(() -> writing.write("the answer")).isInstanceOf(LedgerGone.class);
        assertThat(writing.attempts()).isEqualTo(1);
    }

    @Test
    void whatTimeDoesNotMendIsNotTriedAgain() {
        Writing writing = start();
        writing.awayFor(Duration.ofMinutes(5), new DataIntegrityViolationException("twice"));

        assertThatThrownBy(() -> writing.write("the answer")).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(writing.attempts()).isEqualTo(1);
    }

    @Test
    void theLedgersTroubleIsToldBySpringsTypesAndNothingElse() {
        PSQLException reset = new PSQLException("I/O", PSQLState.COMMUNICATION_ERROR, new SocketException("reset"));

        assertThat(gone()).matches(LedgerTrouble::is);
        assertThat(new CannotGetJdbcConnectionException("gone", reset)).matches(LedgerTrouble::is);
        assertThat(new TransactionSystemException("commit", reset)).matches(LedgerTrouble::is);
        assertThat(new DataAccessResourceFailureException("gone", reset)).matches(LedgerTrouble::is);
        assertThat(new IllegalStateException(new DataAccessResourceFailureException("gone", reset)))
                .matches(LedgerTrouble::is);
        assertThat(new UncategorizedSQLException(
                        "write",
                        "update",
                        new JdbcSQLNonTransientConnectionException("disk full", "", "90028", 90028, null, "")))
                .matches(LedgerTrouble::is);
        assertThat(LedgerTrouble.is(reset)).isFalse();
        assertThat(new ConnectException("refused")).matches(failure -> !LedgerTrouble.is(failure));
        assertThat(new EmptyResultDataAccessException(1)).matches(failure -> !LedgerTrouble.is(failure));
    }
}
