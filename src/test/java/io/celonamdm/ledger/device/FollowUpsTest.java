package io.celonamdm.ledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.device.FollowUps.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A state to write into the MDM while an earlier one of the device is being written. */
@Tag(TestDatabase.POSTGRESQL)
class FollowUpsTest {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);
    private static final String EID = "89049032123451234512345678901235";
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(10));
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final FollowUps followUps = at(CLOCK);
    private final List<Long> devices = List.of(1L);

    private FollowUps at(Clock clock) {
        return new FollowUps(jdbc, clock);
    }

    @BeforeEach
    void aWriteIsUnderWay() {
        MdmDevice inMdm = MdmDevice.builder("1").eid(EID).build();
        for (String insert : List.of(
                "insert into inventory (sync, eid, mdm_id, record, fingerprint, present) values (:sync, :eid, '1', :record, '', true)",
                "insert into device (sync, customer_id, eid, step, place, created_at)"
                        + " values (:sync, 'c', :eid, 'DONE', 'DONE', current_timestamp)")) {
            jdbc.sql(insert)
                    .param("sync", SYNC)
                    .param("eid", EID)
                    .param("record", Json.write(inMdm))
                    .update();
        }
        followUps.add(NAME, devices, Kind.ATTRIBUTE);
        assertThat(takenNow()).isTrue();
    }

    private boolean takenNow() {
        return !followUps.take(NAME, Kind.ATTRIBUTE, 10).isEmpty();
    }

    @Test
    void whatIsWrittenIsNotDueAnyMore() {
        followUps.done(devices, Kind.ATTRIBUTE);

        assertThat(takenNow()).isFalse();
        assertThat(jdbc.sql("select count(*) from follow_up").query(Long.class).single())
                .isZero();
    }

    @Test
    void isWrittenOnceTheEarlierOneIs() {
        followUps.add(NAME, devices, Kind.ATTRIBUTE);
        assertThat(takenNow()).as("two writes at a time").isFalse();

        followUps.done(devices, Kind.ATTRIBUTE);

        assertThat(takenNow()).isTrue();
    }

    @Test
    void waitsWithTheReasonForWhichTheEarlierOneFailed() {
        followUps.add(NAME, devices, Kind.ATTRIBUTE);

        followUps.later(devices, Kind.ATTRIBUTE, LATER, "there is no such attribute");

        assertThat(takenNow()).isFalse();
        assertThat(jdbc.sql("select reason from follow_up").query(String.class).single())
                .isEqualTo("there is no such attribute");
        assertThat(at(Clock.fixed(LATER, ZoneOffset.UTC)).take(NAME, Kind.ATTRIBUTE, 10))
                .hasSize(1);
    }

    @Test
    void isWrittenOnceMoreAfterAProcessThatEndedMeanwhile() {
        followUps.add(NAME, devices, Kind.ATTRIBUTE);
        DeviceTransitions transitions = new DeviceTransitions(jdbc, CLOCK);
        new InterruptedWork(jdbc, transitions, new InDoubt(jdbc, transitions), new UnansweredCalls(jdbc, CLOCK), CLOCK)
                .settle(NAME);

        assertThat(takenNow()).isTrue();
        followUps.done(devices, Kind.ATTRIBUTE);

        assertThat(takenNow()).isFalse();
    }
}
