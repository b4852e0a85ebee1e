package io.celonamdm.ledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is noted of one device: that its command is repeated, and that its probe was in vain. */
@Tag(TestDatabase.POSTGRESQL)
class RepeatsAndProbesTest {
    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);

    @BeforeEach
    void twoDevices() {
        for (String place : new String[] {"WAITING", "IN_DOUBT"}) {
            jdbc.sql("insert into device (sync, customer_id, eid, step, place, push_reference, created_at)"
                            + " values ('warehouse', 'c', :place, 'ASSIGN', :place, 'a-command', current_timestamp)")
                    .param("place", place)
                    .update();
        }
    }

    private long device(String place) {
        return jdbc.sql("select id from device where place = :place")
                .param("place", place)
                .query(Long.class)
                .single();
    }

    @Test
    void aRepeatForgetsTheCommandAndIsCounted() {
        DeviceFacts facts = new DeviceFacts(jdbc, Clock.systemUTC());

        facts.repeatCommand(device("WAITING"));

        assertThat(facts.latestCommand(device("WAITING")).repeats()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from device where push_reference is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void onlyADeviceInDoubtIsProbedInVain() {
        Probes probes = new Probes(jdbc);

        probes.inVain(device("WAITING"), "nothing was seen");
        probes.inVain(device("IN_DOUBT"), "nothing was seen");

        assertThat(jdbc.sql("select place from device where code = 'PROBED_IN_VAIN'")
                        .query(String.class)
                        .list())
                .containsExactly("IN_DOUBT");
    }
}
