package io.celonamdm.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A quarantine is over when all that failed is answered again, and nothing else ends it. */
@Tag(TestDatabase.POSTGRESQL)
class QuarantineTest {
    private static final SyncName SYNC = new SyncName("warehouse");

    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(TestDatabase.migrated()));
    private final SyncStates states = new SyncStates(jdbc, Clock.systemUTC());

    @BeforeEach
    void haveASync() {
        states.schedule(SYNC, "", "UTC", null);
    }

    @Test
    void onlyAnAnswerToWhatFailedEndsIt() {
        opened(Origin.ASSIGN);

        assertThat(states.answered(SYNC, Origin.INVENTORY)).isFalse();
        assertThat(quarantine().isProbedBy(Origin.AWAIT)).isFalse();
        assertThat(quarantine().isProbedBy(Origin.ASSIGN)).isTrue();

        assertThat(states.answered(SYNC, Origin.ASSIGN)).isTrue();
        assertThat(states.find(SYNC).orElseThrow().quarantine()).isNull();
    }

    @Test
    void allThatFailedMustBeAnsweredInAnyOrder() {
        opened(Origin.ASSIGN);
        opened(Origin.INVENTORY);
        states.alsoQuarantinedBy(SYNC, Origin.PUSH);

        assertThat(states.answered(SYNC, Origin.INVENTORY)).isFalse();
        assertThat(states.answered(SYNC, Origin.INVENTORY)).isFalse();
        assertThat(states.answered(SYNC, Origin.PUSH)).isFalse();
        assertThat(quarantine().origins()).containsExactly(Origin.ASSIGN);
        assertThat(states.answered(SYNC, Origin.ASSIGN)).isTrue();
    }

    @Test
    void aFailedProbeAndAStallKeepWhatFailed() {
        opened(Origin.PUSH);
        opened(null);

        assertThat(quarantine().origins()).containsExactly(Origin.PUSH);
        assertThat(quarantine().probes()).isEqualTo(1);
    }

    @Test
    void anyAnswerEndsOneOfNoKindOfCall() {
        opened(null);

        assertThat(quarantine().isProbedBy(Origin.CONFIRM)).isTrue();
        assertThat(states.answered(SYNC, Origin.CONFIRM)).isTrue();
    }

    @Test
    void theNextOneStartsAfresh() {
        opened(Origin.ASSIGN);
        states.release(SYNC);
        opened(Origin.PUSH);

        assertThat(quarantine().origins()).containsExactly(Origin.PUSH);
    }

    /** During a rolling upgrade, the other replica ends it as its version does, which knows of no origins. */
    @ParameterizedTest
    @EnumSource(names = "PUSH")
    @NullSource
    void whatAnOlderReplicaLeftBehindIsNotTheNextOnes(@Nullable Origin next) {
        opened(Origin.ASSIGN);
        jdbc.sql("""
                        update sync set quarantine_code = null, quarantine_reason = null, quarantined_at = null,
                            quarantine_until = null, quarantine_probes = 0 where name = :sync
                        """).param("sync", SYNC.value()).update();
        opened(next);

        assertThat(quarantine().origins()).isEqualTo(next == null ? Set.of() : Set.of(next));
    }

    private void opened(@Nullable Origin origin) {
        states.quarantine(SYNC, origin, ReasonCode.FORBIDDEN, "a test", Instant.now());
    }

    private Quarantine quarantine() {
        Quarantine quarantine = states.find(SYNC).orElseThrow().quarantine();
        assertThat(quarantine).isNotNull();
        return quarantine;
    }
}
