package io.celonamdm.work;

import io.celonamdm.celona.ActivationRow;
import io.celonamdm.celona.OpCode;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Device;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A journalled call that is about to be made.
 *
 * @param entry the journal entry; 0 if there is nothing to send
 * @param rows the rows of its CSV, the header first
 * @param op what an activation does
 * @param activations the rows of an activation, in the order of the devices
 * @param devices the devices whose rows they are
 * @param dead dead letters of devices that failed before the call could be made
 */
public record Call(
        long entry,
        List<List<String>> rows,
        @Nullable OpCode op,
        List<ActivationRow> activations,
        List<Device> devices,
        List<DeadLetter> dead) {
    /** No device of the work is left to be sent. */
    static final Call NOTHING = withoutAny(List.of());

    /** No device is left to be sent, because some failed before the call. */
    static Call withoutAny(List<DeadLetter> dead) {
        return new Call(0, List.of(), null, List.of(), List.of(), dead);
    }

    /** Copies the lists. */
    public Call {
        rows = List.copyOf(rows);
        activations = List.copyOf(activations);
        devices = List.copyOf(devices);
        dead = List.copyOf(dead);
    }

    /** Whether there is nothing to send. */
    public boolean isEmpty() {
        return entry == 0;
    }

    /** The same call, for some of its devices. */
    Call only(Set<Long> ids) {
        return new Call(
                entry,
                rows,
                op,
                activations,
                devices.stream().filter(device -> ids.contains(device.id())).toList(),
                dead);
    }

    /** How many devices are sent. */
    public int size() {
        return devices.size();
    }

    /** The devices that the call is about: some may have been held back before it. */
    static List<Long> ids(Work work, @Nullable Call call) {
        return call == null || call.isEmpty()
                ? work.ids()
                : call.devices().stream().map(device -> device.id()).toList();
    }
}
