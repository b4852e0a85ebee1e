package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.celona.ActivationRow;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.ActivationCall;
import io.celonamdm.work.call.ActivationCall.Item;
import io.celonamdm.work.call.Prepared;
import io.celonamdm.work.call.PushCall;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A step's preparation: the call with the devices that can be sent, and the outcome of the others. */
class PreparedTests {
    private static final StepRig RIG = new StepRig();

    @Test
    void anActivationHasEachDeviceWithItsRow() {
        Work work = RIG.work(
                RIG.sync(
                        "device-groups[0].when.mdm-group",
                        "Late",
                        "device-groups[0].group",
                        "Late Shift",
                        "default-group",
                        "Night Shift"),
                Work.Kind.ACTIVATE,
                3);

        ActivationCall call = (ActivationCall) Objects.requireNonNull(RIG.intended(work));

        assertThat(call.devices()).extracting(Device::id).containsExactlyElementsOf(work.ids());
        assertThat(call.items()).allSatisfy(item -> {
            assertThat(item.row().iccid()).isEqualTo(item.device().iccid());
            assertThat(item.row().name()).isEqualTo(item.device().mdm().name());
            assertThat(item.row().group()).isEqualTo("Night Shift");
        });
        assertThat(call.csv()).hasSize(4);
        assertThat(RIG.entryOf(call)).isEqualTo("INTENDED");
    }

    @Test
    void devicesThatCelonaGaveOneEsimShareItsResult() {
        Work work = RIG.work(RIG.sync(), Work.Kind.ACTIVATE, 2);
        ActivationCall sent = (ActivationCall) Objects.requireNonNull(RIG.intended(work));
        Iccid iccid = sent.items().get(0).row().iccid();
        List<Item> items = sent.items().stream()
                .map(item -> new Item(
                        item.device(),
                        new ActivationRow(iccid, item.row().name(), item.row().group(), null)))
                .toList();
        ActivationCall call = new ActivationCall(sent.entry(), sent.op(), items, sent.csv());
        Map<String, Object> answer =
                answer(List.of(Map.of("action", "DEVICE_ACTIVATION", "iccids", List.of(iccid.value()))), List.of());

        List<DeadLetter> dead = RIG.in(() -> RIG.bean(Activation.class).answered(work, call, answer));

        assertThat(dead).isEmpty();
        assertThat(RIG.entryOf(call)).isEqualTo("ANSWERED");
        assertThat(RIG.whereAre(work)).hasSize(2).doesNotContain("IN_FLIGHT ACTIVATE");
    }

    @Test
    void aLockThatOnlyOneRuleLacksHoldsTheDevicesOfThatRule() {
        Sync sync = RIG.sync(
                "device-groups[0].when.name", "*",
                "device-groups[0].group", "Visitors",
                "device-groups[1].when.mdm-group", "Drivers",
                "device-groups[1].group", "Drivers",
                "device-groups[1].sim-lock.status", "Enabled",
                "device-groups[1].sim-lock.policy", "ONATTACH");

        Work work = refusedForTheLock(sync);

        assertThat(RIG.whereAre(work)).containsOnly("HELD ACTIVATE LOCK_REQUIRED");
        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
    }

    @Test
    void aLockThatAllLackStopsTheSync() {
        Sync sync = RIG.sync("sim-lock.status", "Disabled");

        Work work = refusedForTheLock(sync);

        assertThat(RIG.whereAre(work)).containsOnly("WAITING ACTIVATE LOCK_REQUIRED");
        assertThat(RIG.quarantineOf(sync)).isEqualTo("LOCK_REQUIRED");
    }

    private static Work refusedForTheLock(Sync sync) {
        Work work = RIG.work(sync, Work.Kind.ACTIVATE, 2);
        ActivationCall call = (ActivationCall) Objects.requireNonNull(RIG.intended(work));
        List<String> iccids =
                call.items().stream().map(item -> item.row().iccid().value()).toList();
        Map<String, Object> answer = answer(
                List.of(),
                List.of(Map.of(
                        "action",
                        "DEVICE_ACTIVATION",
                        "iccids",
                        iccids,
                        "reason",
                        "DEFAULTLOCKONACTIVATION flag is enabled for the customer")));
        RIG.in(() -> RIG.bean(Activation.class).answered(work, call, answer));
        return work;
    }

    private static Map<String, Object> answer(List<Map<String, Object>> successful, List<Map<String, Object>> failed) {
        return Map.of(
                "data",
                Map.of("successful_devices", successful, "failed_devices", failed),
                "responseMeta",
                Map.of("code", 200, "error", "", "success", true));
    }

    @Test
    void aDeviceThatCannotBeSentIsADeadLetterBesideTheCallOfNobody() {
        Sync sync = RIG.sync("sim-lock.status", "Enabled", "sim-lock.policy", "IMEIMAPPING");
        Work work = RIG.work(sync, Work.Kind.ACTIVATE, 2);

        Prepared prepared = RIG.in(() -> RIG.bean(Activation.class).intend(work));

        assertThat(prepared.call()).isNull();
        assertThat(prepared.deadLetters())
                .extracting(DeadLetter::code)
                .containsExactly(ReasonCode.SIMLOCK_INVALID, ReasonCode.SIMLOCK_INVALID);
        assertThat(RIG.whereAre(work)).containsOnly("DEAD ACTIVATE SIMLOCK_INVALID");
    }

    @Test
    void anAddressThatIsNotAllowedIsNotPushed() {
        Work work = RIG.work(RIG.sync("celona.smdp-hosts", "*.elsewhere.example"), Work.Kind.PUSH, 2);

        Prepared prepared = RIG.in(() -> RIG.bean(Pushing.class).intend(work));

        assertThat(prepared).isEqualTo(Prepared.NOTHING);
        assertThat(RIG.whereAre(work)).containsOnly("WAITING PUSH SMDP_NOT_ALLOWED");
        assertThat(RIG.quarantineOf(work.sync())).isEqualTo("SMDP_NOT_ALLOWED");
    }

    @Test
    void aPushIsNotMadeAnyMore() {
        Work work = RIG.work(RIG.sync(), Work.Kind.PUSH, 2);
        PushCall call = (PushCall) Objects.requireNonNull(RIG.intended(work));

        RIG.run(() -> RIG.bean(Pushing.class).withdraw(call));

        assertThat(RIG.entryOf(call)).isEqualTo("NOT_SENT");
        assertThat(RIG.whereAre(work)).containsOnly("WAITING PUSH");
        assertThat(RIG.due(work.sync(), Work.Kind.PUSH).ids()).isEqualTo(work.ids());
    }

    @Test
    void nobodyIsAssignedAnEsimWhomTheRulesHoldBackByNow() {
        Sync sync = RIG.sync("device-groups[0].when.mdm-group", "Late", "device-groups[0].group", "Late Shift");
        Work work = RIG.work(sync, Work.Kind.ASSIGN, 2);

        Prepared prepared = RIG.in(() -> RIG.bean(Assignment.class).intend(work));

        assertThat(prepared).isEqualTo(new Prepared(null, List.of()));
        assertThat(RIG.whereAre(work)).containsOnly("HELD ASSIGN NO_GROUP");
    }
}
