package io.celonamdm.settings.check;

import io.celonamdm.settings.MdmSettings;
import io.celonamdm.settings.SyncSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds syncs of one customer and one MDM tenant that take the same devices, of which only the first one would serve each. */
final class SharedDevices {
    private SharedDevices() {}

    static List<String> of(Map<String, SyncSettings> syncs) {
        List<String> doubts = new ArrayList<>();
        List<Map.Entry<String, SyncSettings>> all = List.copyOf(new TreeMap<>(syncs).entrySet());
        for (int i = 0; i < all.size(); i++) {
            SyncSettings one = all.get(i).getValue();
            for (Map.Entry<String, SyncSettings> other : all.subList(i + 1, all.size())) {
                if (source(one).equals(source(other.getValue())) && overlap(one, other.getValue())) {
                    doubts.add(
                            ("connector.syncs.%s and connector.syncs.%s have one celona.customer-id and one MDM tenant, and"
                                            + " take the same devices, each of which one of them serves alone; tell them apart by"
                                            + " scope or mdm.filter")
                                    .formatted(all.get(i).getKey(), other.getKey()));
                    break;
                }
            }
        }
        return doubts;
    }

    private static List<Object> source(SyncSettings sync) {
        MdmSettings mdm = sync.mdm();
        return List.of(
                sync.celona().customerId(),
                mdm.platform(),
                String.valueOf(mdm.baseUrl()),
                mdm.tenantId(),
                mdm.folder());
    }

    /** Whether one of them takes all that the tenant shows, or both ask for the same; other conditions may well differ. */
    private static boolean overlap(SyncSettings one, SyncSettings other) {
        List<Object> asked = restrictions(one);
        return asked.isEmpty() || restrictions(other).isEmpty() || asked.equals(restrictions(other));
    }

    private static List<Object> restrictions(SyncSettings sync) {
        List<Object> all = new ArrayList<>(sync.scope().include());
        all.addAll(sync.scope().exclude());
        all.addAll(sync.scope().excludeIds());
        all.addAll(sync.mdm().intune().operatingSystems());
        all.addAll(sync.mdm().intune().categories());
        all.add(sync.scope().excludeFile());
        all.add(sync.mdm().filter());
        all.add(sync.mdm().options());
        all.removeIf(each -> each.equals("") || each.equals(Map.of()));
        return all;
    }
}
