package io.celonamdm.operations;

import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows what is in doubt. */
@Component
public class DoubtViews {
    private final InDoubt inDoubt;

    DoubtViews(InDoubt inDoubt) {
        this.inDoubt = inDoubt;
    }

    /** The calls of a sync with an unknown outcome, the earliest first. */
    public List<DoubtView> of(Sync sync) {
        Map<Long, DoubtView> entries = new LinkedHashMap<>();
        for (Doubtful device : inDoubt.list(sync.name())) {
            entries.computeIfAbsent(device.entry(), entry -> new DoubtView(entry, device.sentAt(), new ArrayList<>()))
                    .devices()
                    .add(new DoubtView.Doubtful(
                            device.eid(),
                            device.name(),
                            device.code(),
                            device.reason(),
                            device.mdm().iccids(),
                            device.probedAt(),
                            device.inventories(),
                            device.mdm().inventoryAt()));
        }
        return List.copyOf(entries.values());
    }
}
