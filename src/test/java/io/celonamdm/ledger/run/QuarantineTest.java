package io.celonamdm.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A quarantine is over when all that failed is answered again, and nothing else ends it. */
@Tag(TestDatabase.POSTGRESQL)
class QuarantineTest {
    private static final SyncName SYNC = new SyncName("warehouse");

    private final SyncStates states =
            new SyncStates(JdbcClient.create(new DriverManagerDataSource(TestDatabase.migrated())), Clock.systemUTC());

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

    private void opened(@Nullable Origin origin) {
        states.quarantine(SYNC, origin, ReasonCode.FORBIDDEN, "a test", Instant.now());
    }

    private Quarantine quarantine() {
        Quarantine quarantine = states.find(SYNC).orElseThrow().quarantine();
        assertThat(quarantine).isNotNull();
        return quarantine;
    }
}
