package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.device.DueDevices;
import io.celonamdm.sync.Sync;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A device whose eSIM the inventory has shown before any push gets the private-network profile all the same. */
@Tag(TestDatabase.POSTGRESQL)
class ProfileWithoutPushTests {
    private static final StepRig RIG = new StepRig();
    private static final JdbcClient JDBC = RIG.bean(JdbcClient.class);

    @ParameterizedTest
    @CsvSource({
        "'command,profile', null,       1",
        "'command,profile', created_at, 0", // it was queued by the push
        "command,           null,       0"
    })
    void aDeviceThatWasNeverPushedToIsQueuedForTheProfile(String push, String pushedAt, int queued) {
        Sync sync = RIG.sync("mdm.push", push);
        Work taken = RIG.work(sync, Work.Kind.CONFIRM, 1);
        RIG.run(() -> RIG.bean(DueDevices.class).putBack(taken.ids()));
        JDBC.sql("update device set verified_at = created_at, pushed_at = %s where sync = :sync".formatted(pushedAt))
                .param("sync", sync.name().value())
                .update();
        Work work = RIG.due(sync, Work.Kind.CONFIRM);

        RIG.run(() -> RIG.bean(Confirmation.class).unasked(work));

        assertThat(RIG.whereAre(work)).containsExactly("DONE DONE");
        assertThat(JDBC.sql("select count(*) from follow_up where sync = :sync and kind = 'PROFILE'")
                        .param("sync", sync.name().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(queued);
    }
}
