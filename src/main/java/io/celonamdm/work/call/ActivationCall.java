package io.celonamdm.work.call;

import io.celonamdm.celona.ActivationRow;
import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.sync.Sync;
import java.util.List;

/**
 * A call of activation-from-file.
 *
 * @param entry the journal entry
 * @param op the op code
 * @param items the devices, each with its row
 * @param csv the rows of its CSV, the header first
 */
public record ActivationCall(long entry, OpCode op, List<Item> items, List<List<String>> csv) implements Call {
    /** Copies the lists. */
    public ActivationCall {
        items = List.copyOf(items);
        csv = List.copyOf(csv);
    }

    /** A device and its row. */
    public record Item(Device device, ActivationRow row) {}

    /** The devices whose rule a refusal of the call is about; empty if it is about all alike. */
    public List<Long> blamed(Sync sync, ReasonCode refusal) {
        return items.stream()
                .filter(item -> sync.isAboutRule(refusal, item.row().isLocked()))
                .map(item -> item.device().id())
                .toList();
    }

    @Override
    public List<Device> devices() {
        return items.stream().map(Item::device).toList();
    }
}
