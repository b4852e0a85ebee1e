package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.Redrives;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An eSIM that Celona says it assigned reaches no phone if it is another device's, or not the one asked for. */
@Tag(TestDatabase.POSTGRESQL)
class AssignedEsimsTests {
    private static final StepRig RIG = new StepRig();
    private static int iccids;

    private static String iccid() {
        return "8910521203310001%03d".formatted(++iccids);
    }

    private static List<DeadLetter> answer(Work work, String... iccids) {
        List<Map<String, String>> configs = new ArrayList<>();
        for (int i = 0; i < iccids.length; i++) {
            configs.add(Map.of("eid", work.devices().get(i).eid().value(), "status", "SUCCESS", "iccid", iccids[i]));
        }
        Map<String, Object> answer = Map.of("success", true, "code", 200, "data", Map.of("configs", configs));
        return RIG.in(() -> RIG.bean(Awaiting.class).answered(work, answer));
    }

    private static Work served(Sync sync, String iccid) {
        Work work = RIG.work(sync, Work.Kind.AWAIT, 1);
        answer(work, iccid);
        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
        return work;
    }

    @Test
    void anEsimThatTwoDevicesOfAnAnswerGetReachesNeither() {
        Work work = RIG.work(RIG.sync(), Work.Kind.AWAIT, 3);
        String shared = iccid();

        List<DeadLetter> dead = answer(work, shared, iccid(), shared);

        assertThat(RIG.whereAre(work))
                .containsExactly("DEAD AWAIT ICCID_SHARED", "WAITING PUSH", "DEAD AWAIT ICCID_SHARED");
        assertThat(dead)
                .first()
                .extracting(DeadLetter::reason)
                .asString()
                .contains(shared, work.devices().get(2).eid().value());
    }

    @Test
    void anEsimThatAnotherDeviceOfTheCustomerHoldsReachesNoOther() {
        String shared = iccid();
        Sync other = RIG.sync();
        Work holder = served(other, shared);
        Work work = RIG.work(RIG.sync(), Work.Kind.AWAIT, 1);

        List<DeadLetter> dead = answer(work, new Iccid(shared).spellings().get(1));

        assertThat(RIG.whereAre(work)).containsExactly("DEAD AWAIT ICCID_SHARED");
        assertThat(dead)
                .first()
                .extracting(DeadLetter::reason)
                .asString()
                .contains(holder.devices().get(0).eid().value(), other.name().value());
        assertThat(RIG.whereAre(holder)).containsExactly("WAITING PUSH");
    }

    @Test
    void anEsimOfAnotherCustomerIsAnother() {
        String same = iccid();
        served(RIG.sync(), same);
        Work work = RIG.work(RIG.sync("celona.customer-id", "104243"), Work.Kind.AWAIT, 1);

        answer(work, same);

        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
    }

    @Test
    void aDeviceThatMustGetAnEsimGetsNoOther() {
        Sync sync = RIG.sync();
        Work work = RIG.work(sync, Work.Kind.AWAIT, 2);
        String wanted = iccid();
        List<Device> devices = work.devices().stream()
                .map(device -> device.withGiven(new Iccid(wanted)))
                .toList();
        Work given = new Work(sync, Work.Kind.AWAIT, devices, null);

        List<DeadLetter> dead = answer(given, iccid(), wanted);

        assertThat(RIG.whereAre(work)).containsExactly("DEAD AWAIT ICCID_NOT_AS_GIVEN", "WAITING PUSH");
        assertThat(dead).first().extracting(DeadLetter::reason).asString().contains(wanted);
    }

    @Test
    void aRedriveAsksAgainAndTakesTheEsimOnceItIsFree() {
        String shared = iccid();
        Sync sync = RIG.sync();
        Work holder = served(sync, shared);
        Work work = RIG.work(sync, Work.Kind.AWAIT, 1);
        answer(work, shared);
        redrive(sync);
        Work again = RIG.due(sync, Work.Kind.AWAIT);
        answer(again, shared);
        assertThat(RIG.whereAre(work)).containsExactly("DEAD AWAIT ICCID_SHARED");

        RIG.run(() -> RIG.bean(DeviceStates.class)
                .find(sync.name(), holder.devices().get(0).eid())
                .ifPresent(RIG.bean(DeviceTransitions.class)::retire));
        redrive(sync);
        answer(RIG.due(sync, Work.Kind.AWAIT), shared);

        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
    }

    private static void redrive(Sync sync) {
        RIG.run(() -> RIG.bean(Redriver.class)
                .asked(sync, RIG.bean(Redrives.class).open(sync.name(), ReasonCode.ICCID_SHARED), "Celona was asked"));
    }
}
