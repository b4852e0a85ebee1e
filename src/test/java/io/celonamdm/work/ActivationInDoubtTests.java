package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.celona.OpCode;
import io.celonamdm.celona.Reading;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.Sightings;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.ActivationCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What "not Provisioned" means after an activation without an answer: that it worked, or that the phone had not
 * downloaded its eSIM and still has not.
 */
@Tag(TestDatabase.POSTGRESQL)
class ActivationInDoubtTests {
    private static final StepRig RIG = new StepRig();
    private static final String STILL_INACTIVE = "WAITING ACTIVATE NOT_PROVISIONED";

    private final Sync sync = RIG.sync("celona.op-code", "activate");
    private Work work = RIG.work(sync, Work.Kind.ACTIVATE, 1);

    @Test
    void aPhoneWithoutASignHasPerhapsNotDownloadedItsEsimYet() {
        unanswered();

        refused();

        assertThat(RIG.whereAre(work)).containsExactly(STILL_INACTIVE);
    }

    @Test
    void onceThePhoneHasAcknowledgedTheCallHasWorked() {
        unanswered();
        refused();
        acknowledged();

        refused();

        assertThat(RIG.whereAre(work)).containsExactly("DONE DONE");
    }

    @Test
    void aPhoneThatHasJustAcknowledgedMayStillBeDownloading() {
        unanswered();
        RIG.wait(Duration.ofHours(1));
        acknowledged();
        work = RIG.due(sync, Work.Kind.ACTIVATE);

        refused();
        assertThat(RIG.whereAre(work)).containsExactly(STILL_INACTIVE);

        refused();
        assertThat(RIG.whereAre(work)).as("an hour later").containsExactly("DONE DONE");
    }

    @Test
    void aRefusalThatOnlySaysTheSameAgainProvesNothing() {
        refused();
        acknowledged();
        unanswered();

        refused();
        assertThat(RIG.whereAre(work)).containsExactly(STILL_INACTIVE);
        refused();
        assertThat(RIG.whereAre(work)).containsExactly(STILL_INACTIVE);
    }

    @Test
    void afterThatTheInventoryDecides() {
        refused();
        unanswered();
        refused();
        RIG.run(() -> RIG.bean(Sightings.class).seen(List.of(device().id()), OpCode.ACTIVATE));

        refused();

        assertThat(RIG.whereAre(work)).containsExactly("DONE DONE ALREADY_ACTIVE");
    }

    @Test
    void theCallHasWorkedWhereAnEsimNeedsNoDownload() {
        RIG.run(() -> RIG.bean(Readings.class).proved(sync.name(), Reading.ASSIGNED, device().eid()));
        unanswered();

        refused();

        assertThat(RIG.whereAre(work)).containsExactly("WAITING CONFIRM UNCONFIRMED");
    }

    private Device device() {
        return work.devices().get(0);
    }

    private void acknowledged() {
        RIG.run(() -> RIG.bean(DeviceFacts.class).acknowledged(List.of(device().id())));
    }

    private void unanswered() {
        RIG.fail(work, RIG.intended(work()), Fault.HUNG_UP.at(Work.Kind.ACTIVATE));
    }

    private void refused() {
        ActivationCall call = (ActivationCall) Objects.requireNonNull(RIG.intended(work()));
        Map<String, Object> data = new HashMap<>();
        data.put("successful_devices", null);
        data.put(
                "failed_devices",
                List.of(
                        Map.of(
                                "action",
                                "DEVICE_ACTIVATION",
                                "iccids",
                                List.of(Objects.requireNonNull(device().iccid()).value()),
                                "reason",
                                "ICCID status needs to be 'Provisioned' for activation, following ICCIDs are not provisioned")));
        Map<String, Object> answer =
                Map.of("data", data, "responseMeta", Map.of("success", true, "code", 200, "error", ""));
        RIG.run(() -> RIG.bean(Activation.class).answered(work, call, answer));
    }

    /** The device in flight, taken again if it waits. */
    private Work work() {
        if (RIG.whereAre(work).get(0).startsWith("WAITING")) {
            RIG.wait(Duration.ofHours(1));
            work = RIG.due(sync, Work.Kind.ACTIVATE);
        }
        return work;
    }
}
