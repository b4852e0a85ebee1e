package io.celonamdm.device;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A page of an inventory.
 *
 * @param devices its devices
 * @param broken the unreadable records, so that their devices do not count as gone
 * @param notes findings beside the records of the inventory
 */
public record InventoryPage(List<MdmDevice> devices, List<BrokenRecord> broken, List<BrokenRecord> notes) {
    /** Copies the lists. */
    public InventoryPage {
        devices = List.copyOf(devices);
        broken = List.copyOf(broken);
        notes = List.copyOf(notes);
    }

    /** A page of which nothing else is to be told. */
    public InventoryPage(List<MdmDevice> devices, List<BrokenRecord> broken) {
        this(devices, broken, List.of());
    }

    /** A page without broken records. */
    public static InventoryPage of(List<MdmDevice> devices) {
        return new InventoryPage(devices, List.of());
    }

    /** The same with other devices. */
    public InventoryPage map(UnaryOperator<MdmDevice> change) {
        return new InventoryPage(devices.stream().map(change).toList(), broken, notes);
    }
}
