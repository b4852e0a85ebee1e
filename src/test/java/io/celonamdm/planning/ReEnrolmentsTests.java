package io.celonamdm.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a new enrolment does to dead letters: those that the former one caused go on. */
@Tag(TestDatabase.POSTGRESQL)
class ReEnrolmentsTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync();

    @ParameterizedTest
    @EnumSource(names = {"NOT_COMMANDABLE", "COMMAND_FAILED", "COMMAND_UNLISTED", "NOT_PROVISIONED", "NEVER_SEEN"})
    void aFormerEnrolmentIsNoReasonOfANewOne(ReasonCode code) {
        Work work = pushed();
        dies(work, code);

        shown(work, "other", RIG.now());

        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
    }

    @ParameterizedTest
    @EnumSource(names = {"HARDWARE_UNSUPPORTED", "DG_NOT_FOUND", "WRONG_POOL"})
    void anyOtherReasonIsOneStill(ReasonCode code) {
        Work work = pushed();
        dies(work, code);

        shown(work, "other", RIG.now());

        assertThat(RIG.whereAre(work)).containsExactly("DEAD PUSH " + code);
    }

    @Test
    void theSameEnrolmentFailsForTheSameReason() {
        Work work = pushed();
        dies(work, ReasonCode.NOT_COMMANDABLE);

        shown(work, device(work).mdm().id(), null);

        assertThat(RIG.whereAre(work)).containsExactly("DEAD CONFIRM NOT_COMMANDABLE");
    }

    @Test
    void aDeviceThatCouldNeverBeToldIsToldOnceItHasAnotherRecord() {
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        dies(work, ReasonCode.COMMAND_FAILED);
        String record = device(work).mdm().id();

        shown(work, record, null);
        assertThat(RIG.whereAre(work)).containsExactly("DEAD PUSH COMMAND_FAILED");

        shown(work, "other", null);
        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
    }

    @Test
    void orIsEnrolledAgain() {
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        String record = device(work).mdm().id();
        dies(work, ReasonCode.NOT_COMMANDABLE);

        shown(work, record, RIG.now().minus(Duration.ofDays(1)));
        assertThat(RIG.whereAre(work)).containsExactly("DEAD PUSH NOT_COMMANDABLE");

        RIG.wait(Duration.ofHours(1));
        shown(work, record, RIG.now());
        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
    }

    @Test
    void whatGoesOnAlreadyIsNotFollowedTwice() {
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        dies(work, ReasonCode.NOT_COMMANDABLE);
        shows(work, "other", null);

        // the sync is paused, so nothing is redriven in between
        RIG.run(() -> RIG.bean(ReEnrolments.class).follow(sync));
        RIG.run(() -> RIG.bean(ReEnrolments.class).follow(sync));

        assertThat(RIG.bean(Audit.class).of(device(work).eid()))
                .extracting(Audit.Entry::action)
                .containsExactly("push");
    }

    private static Device device(Work work) {
        return work.devices().get(0);
    }

    /** A device that was pushed to as it is enrolled now, and has given no sign. */
    private Work pushed() {
        Work work = RIG.work(sync, Work.Kind.CONFIRM, 1);
        RIG.run(() -> RIG.bean(DeviceFacts.class).pushedTo(work.devices()));
        return work;
    }

    private void dies(Work work, ReasonCode code) {
        RIG.run(() -> RIG.bean(DeviceCompletion.class).dead(sync, work.ids(), code, "because", null));
    }

    /** A pull shows the device, and what is due is taken up. */
    private void shown(Work work, String record, @Nullable Instant enrolled) {
        shows(work, record, enrolled);
        RIG.run(() -> RIG.bean(ReEnrolments.class).follow(sync));
        RIG.run(() -> RIG.bean(Redriver.class).due(sync));
    }

    private void shows(Work work, String record, @Nullable Instant enrolled) {
        MdmDevice shown = MdmDevice.builder(record)
                .managementId(device(work).mdm().managementId())
                .enrolledAt(enrolled)
                .eid(device(work).eid().value())
                .build();
        RIG.run(() -> RIG.bean(JdbcClient.class)
                .sql("update inventory set mdm_id = :id, record = :record where sync = :sync")
                .param("id", record)
                .param("record", Json.write(shown))
                .param("sync", sync.name().value())
                .update());
    }
}
