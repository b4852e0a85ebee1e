package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.Redrives;
import io.celonamdm.ledger.inventory.ShownDevices;
import io.celonamdm.ledger.report.DeviceReports;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.ledger.report.DeviceStates.Filter;
import io.celonamdm.sync.Sync;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A device row that somebody wrote by hand, and that contradicts itself, hides no other from any list. */
@Tag(TestDatabase.POSTGRESQL)
class ContradictingRowTests {
    private final StepRig rig = new StepRig();
    private final JdbcClient jdbc = rig.bean(JdbcClient.class);
    private final Sync sync = rig.sync();

    private void write(Work work, int device, String place, String step, String code) {
        jdbc.sql("update device set place = :place, step = :step, code = :code where id = :id")
                .param("place", place)
                .param("step", step)
                .param("code", code)
                .param("id", work.ids().get(device))
                .update();
    }

    @Test
    void previews() {
        Work work = rig.work(sync, Work.Kind.PUSH, 3);
        write(work, 0, "NOWHERE", "PUSH", "GONE");
        write(work, 1, "WAITING", "NO_STEP", "GONE");

        assertThat(rig.bean(ShownDevices.class).all(sync.name(), "104242", false))
                .hasSize(3);
    }

    @Test
    void devicesInDoubt() {
        Work work = rig.work(sync, Work.Kind.ASSIGN, 3);
        rig.fail(work, rig.intended(work), new SocketTimeoutException("Read timed out"));
        write(work, 0, "IN_DOUBT", "NO_STEP", "ASSIGN_IN_DOUBT");
        write(work, 1, "IN_DOUBT", "ASSIGN", "NO_CODE");

        assertThat(rig.bean(InDoubt.class).list(sync.name()))
                .extracting(InDoubt.Doubtful::id)
                .containsExactly(work.ids().get(2));
        assertThat(rig.bean(DeviceStates.class).page(sync.name(), new Filter(null, null, null), "", 10))
                .as("where all are shown")
                .hasSize(3);
    }

    @Test
    void eSimsToDownload() {
        Work work = rig.work(sync, Work.Kind.ACTIVATE, 3);
        write(work, 0, "NOWHERE", "ACTIVATE", "GONE");
        write(work, 1, "WAITING", "NO_STEP", "GONE");

        assertThat(rig.bean(DeviceReports.class).pendingDownloads(sync.name(), "", 10))
                .extracting(DeviceReports.PendingDownload::id)
                .contains(work.ids().get(2));
    }

    @Test
    void deadLetters() {
        Work work = rig.work(sync, Work.Kind.PUSH, 3);
        rig.run(() -> rig.bean(DeadLetters.class).add(work.ids(), ReasonCode.COMMAND_FAILED, "refused", null));
        write(work, 0, "NOWHERE", "PUSH", "GONE");
        write(work, 1, "DEAD", "NO_STEP", "NO_CODE");

        assertThat(rig.bean(DeadLetters.class).list(sync.name(), null, 10)).hasSize(3);
        assertThat(rig.bean(Redrives.class)
                        .open(sync.name(), List.of(work.devices().get(2).eid())))
                .hasSize(1);
        assertThat(rig.bean(Redrives.class).open(sync.name(), (ReasonCode) null))
                .isNotEmpty();
    }
}
