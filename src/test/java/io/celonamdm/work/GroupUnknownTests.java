package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.celona.OpCode;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.ActivationCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An eSIM that is in a group of which Celona does not say which one it is: a person has the last word. */
@Tag(TestDatabase.POSTGRESQL)
class GroupUnknownTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync();

    @Test
    void aPersonIsAskedAndWithAConfirmationItIsDone() {
        Work work = RIG.work(sync, Work.Kind.ACTIVATE, 1);
        isInAGroup(work);
        assertThat(RIG.whereAre(work)).containsExactly("DEAD ACTIVATE GROUP_UNKNOWN");

        DeviceState seen = seen(work);
        RIG.run(() -> RIG.bean(DeviceTransitions.class)
                .confirmByHand(seen, OpCode.ACTIVATE_AND_DG_ASSIGN, RIG.now().plus(Duration.ofDays(7))));
        Work confirmed = RIG.due(sync, Work.Kind.ACTIVATE);
        isInAGroup(confirmed);

        assertThat(RIG.whereAre(confirmed)).containsExactly("DONE DONE GROUP_UNKNOWN");
    }

    private DeviceState seen(Work work) {
        Eid eid = work.devices().get(0).eid();
        return RIG.bean(DeviceStates.class).find(sync.name(), eid).orElseThrow();
    }

    /** Celona activates what is to be activated, and refuses the group. */
    private static void isInAGroup(Work work) {
        ActivationCall call = (ActivationCall) Objects.requireNonNull(RIG.intended(work));
        List<String> iccids =
                call.items().stream().map(item -> item.row().iccid().value()).toList();
        List<Map<String, Object>> successful = call.op().activates()
                ? List.of(
                        Map.of("action", "DEVICE_ACTIVATION", "iccids", iccids),
                        Map.of("action", "DEVICE_NAME_UPDATE", "iccids", iccids))
                : List.of();
        Map<String, Object> refused = Map.of(
                "action",
                "DEVICE_GROUP_ASSIGNMENT",
                "iccids",
                iccids,
                "reason",
                "Devices already are assigned to a Device Group, please reassign them first");
        Map<String, Object> data = Map.of("successful_devices", successful, "failed_devices", List.of(refused));
        Map<String, Object> answer =
                Map.of("data", data, "responseMeta", Map.of("success", true, "code", 200, "error", ""));
        RIG.in(() -> RIG.bean(Activation.class).answered(work, call, answer));
    }
}
