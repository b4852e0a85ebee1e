package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.celona.Refused;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.ActivationCall;
import io.celonamdm.work.call.ActivationCall.Item;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A refusal about SIM locks holds the devices of the rule that it is about, however Celona refuses. */
class LockRefusalsTests {
    private static final StepRig RIG = new StepRig();

    private static final Map<ReasonCode, String> WORDS = Map.of(
            ReasonCode.LOCK_REQUIRED,
            "DEFAULTLOCKONACTIVATION flag is enabled for the customer which means that all devices are required to be"
                    + " locked during activation.",
            ReasonCode.SIMLOCK_UNSUPPORTED,
            "SimLock configurations are not supported. SimLockStatus should be Disabled or left empty");

    /** How Celona refuses. */
    private enum Reading {
        /** The whole file, whose other rows it did not process. */
        WHOLE_FILE,
        /** In the list of failures, without a row. */
        NO_ROW_NAMED,
        /** In the list of failures, with the rows. */
        ROWS_NAMED
    }

    static Stream<Arguments> ways() {
        return WORDS.keySet().stream()
                .flatMap(code -> Stream.of(Reading.values()).map(reading -> Arguments.of(code, reading)));
    }

    /** Devices whose name ends in 5 have the rule that Celona does not accept. */
    private static Sync sync(ReasonCode code) {
        boolean required = code == ReasonCode.LOCK_REQUIRED;
        return RIG.sync(
                "sim-lock.status", required ? "Enabled" : "",
                "sim-lock.policy", required ? "ONATTACH" : "",
                "device-groups[0].when.name", "*5",
                "device-groups[0].group", "Visitors",
                "device-groups[0].sim-lock.status", required ? "Disabled" : "Enabled",
                "device-groups[0].sim-lock.policy", required ? "" : "ONATTACH",
                "default-group", "Crew");
    }

    private static boolean isBlamed(Device device) {
        return device.mdm().name().endsWith("5");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theDevicesOfTheRuleAreHeldAndTheOthersGoOnAtOnce(ReasonCode code, Reading reading) {
        Sync sync = sync(code);
        Work work = RIG.work(sync, Work.Kind.ACTIVATE, 20);

        refuse(work, code, reading);

        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
        assertThat(RIG.whereAre(only(work, true))).hasSize(2).containsOnly("HELD ACTIVATE " + code);
        Work others = RIG.due(sync, Work.Kind.ACTIVATE);
        if (reading == Reading.ROWS_NAMED) {
            assertThat(RIG.whereAre(only(work, false))).hasSize(18).containsOnly("WAITING CONFIRM UNCONFIRMED");
        } else {
            assertThat(others.ids()).containsExactlyElementsOf(only(work, false).ids());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theOthersStopTheSyncIfTheyAreRefusedAsWell(ReasonCode code, Reading reading) {
        Sync sync = sync(code);
        refuse(RIG.work(sync, Work.Kind.ACTIVATE, 20), code, Reading.WHOLE_FILE);
        Work others = RIG.due(sync, Work.Kind.ACTIVATE);

        refuse(others, code, reading == Reading.ROWS_NAMED ? Reading.NO_ROW_NAMED : reading);

        assertThat(RIG.quarantineOf(sync)).isEqualTo(code.name());
        assertThat(RIG.whereAre(others)).hasSize(18).containsOnly("WAITING ACTIVATE " + code);
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void aLockThatAllHaveStopsTheSyncOfACustomerWithout(Reading reading) {
        Sync sync = RIG.sync("sim-lock.status", "Enabled", "sim-lock.policy", "ONATTACH");
        Work work = RIG.work(sync, Work.Kind.ACTIVATE, 3);

        ActivationCall call = (ActivationCall) Objects.requireNonNull(RIG.intended(work));
        refuse(work, call, call.items(), ReasonCode.SIMLOCK_UNSUPPORTED, reading);

        assertThat(RIG.quarantineOf(sync)).isEqualTo("SIMLOCK_UNSUPPORTED");
        assertThat(RIG.whereAre(work)).containsOnly("WAITING ACTIVATE SIMLOCK_UNSUPPORTED");
    }

    @Test
    void aHalfOfARefusedBatchIsNotKeptApartAnyLonger() {
        Sync sync = sync(ReasonCode.LOCK_REQUIRED);
        Work whole = RIG.work(sync, Work.Kind.ACTIVATE, 20);
        RIG.fail(whole, RIG.intended(whole), new Refused(422, "row not acceptable"));
        Work half = halfOf(RIG.due(sync, Work.Kind.ACTIVATE));

        refuse(half, ReasonCode.LOCK_REQUIRED, Reading.WHOLE_FILE);

        assertThat(RIG.due(sync, Work.Kind.ACTIVATE).devices())
                .filteredOn(device -> half.ids().contains(device.id()))
                .hasSize(9)
                .allMatch(device -> device.part() == null && !isBlamed(device));
        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
    }

    private static Work halfOf(Work work) {
        List<Device> half = work.devices().stream()
                .filter(device -> Objects.requireNonNull(device.part()).path().equals("0"))
                .toList();
        return new Work(work.sync(), work.kind(), half, null);
    }

    private static Work only(Work work, boolean blamed) {
        return new Work(
                work.sync(),
                work.kind(),
                work.devices().stream()
                        .filter(device -> isBlamed(device) == blamed)
                        .toList(),
                null);
    }

    private static void refuse(Work work, ReasonCode code, Reading reading) {
        ActivationCall call = (ActivationCall) Objects.requireNonNull(RIG.intended(work));
        refuse(
                work,
                call,
                call.items().stream().filter(item -> isBlamed(item.device())).toList(),
                code,
                reading);
    }

    private static void refuse(Work work, ActivationCall call, List<Item> blamed, ReasonCode code, Reading reading) {
        String words = Objects.requireNonNull(WORDS.get(code));
        switch (reading) {
            case WHOLE_FILE -> RIG.fail(work, call, new Refused(400, words));
            case NO_ROW_NAMED -> answer(work, call, List.of(), List.of(), words);
            case ROWS_NAMED -> {
                List<Item> taken = call.items().stream()
                        .filter(item -> !blamed.contains(item))
                        .toList();
                answer(work, call, taken, blamed, words);
            }
        }
    }

    private static void answer(Work work, ActivationCall call, List<Item> taken, List<Item> failed, String reason) {
        List<Map<String, Object>> successful = Stream.of(
                        "DEVICE_ACTIVATION", "DEVICE_NAME_UPDATE", "DEVICE_GROUP_ASSIGNMENT")
                .map(action -> Map.<String, Object>of("action", action, "iccids", iccids(taken)))
                .collect(Collectors.toList());
        Map<String, Object> answer = Map.of(
                "data",
                Map.of(
                        "successful_devices",
                        taken.isEmpty() ? List.of() : successful,
                        "failed_devices",
                        List.of(Map.of("action", "DEVICE_ACTIVATION", "iccids", iccids(failed), "reason", reason))),
                "responseMeta",
                Map.of("code", 200, "error", "", "success", true));
        RIG.in(() -> RIG.bean(Activation.class).answered(work, call, answer));
    }

    private static List<String> iccids(List<Item> items) {
        return items.stream().map(item -> item.row().iccid().value()).toList();
    }
}
