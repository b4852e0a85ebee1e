package io.celonamdm.device;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A page of an inventory.
 *
 * @param devices the devices that it shows
 * @param broken the records that cannot be read, so that nobody takes their devices for gone
 */
public record InventoryPage(List<MdmDevice> devices, List<BrokenRecord> broken) {
    /** Copies the lists. */
    public InventoryPage {
        devices = List.copyOf(devices);
        broken = List.copyOf(broken);
    }

    /** A page without broken records. */
    public static InventoryPage of(List<MdmDevice> devices) {
        return new InventoryPage(devices, List.of());
    }

    /** The same with other devices. */
    public InventoryPage map(UnaryOperator<MdmDevice> change) {
        return new InventoryPage(devices.stream().map(change).toList(), broken);
    }
}
