package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Finds settings that are valid but probably a mistake. */
public final class Doubts {
    private static final String NETWORK = "connector.syncs.%s and connector.syncs.%s push profiles with the same"
            + " network-identifier and csg-network-identifier %s; a device that gets both takes one of them, so give each"
            + " network its own mdm.profile identifiers";

    private Doubts() {}

    /** One text per doubt, which names the keys. */
    public static List<String> about(ConnectorSettings settings) {
        List<String> doubts = new ArrayList<>();
        HttpSettings http = settings.http();
        if (http.proxyUser().isEmpty() && !http.proxyPassword().isEmpty()) {
            doubts.add("connector.http.proxy-password is not used: set connector.http.proxy-user as well");
        }
        if (!http.proxyUser().isEmpty()
                && http.proxy() == null
                && http.hosts().values().stream().allMatch(host -> host.proxy() == null)) {
            doubts.add("connector.http.proxy-user is not used: set connector.http.proxy as well, or write the user into"
                    + " HTTPS_PROXY");
        }
        List<Map.Entry<String, SyncSettings>> syncs = List.copyOf(new TreeMap<>(settings.syncs()).entrySet());
        for (int i = 0; i < syncs.size(); i++) {
            String name = syncs.get(i).getKey();
            SyncSettings sync = syncs.get(i).getValue();
            List<String> open = sync.celona().openSmdpHosts();
            if (!open.isEmpty()) {
                doubts.add(
                        "connector.syncs.%s.celona.smdp-hosts: %s lets devices be sent to servers of anybody; name the domain of your SM-DP+ server"
                                .formatted(name, open));
            }
            syncs.subList(i + 1, syncs.size()).stream()
                    .filter(other -> takeTheSame(sync, other.getValue()))
                    .findFirst()
                    .ifPresent(other -> doubts.add(
                            ("connector.syncs.%s and connector.syncs.%s have one celona.customer-id and one MDM tenant, and take"
                                            + " the same devices, each of which only one of them serves; tell them apart by"
                                            + " scope or mdm.filter")
                                    .formatted(name, other.getKey())));
            List<Map.Entry<String, SyncSettings>> others = syncs.subList(i + 1, syncs.size()).stream()
                    .filter(other -> haveOneNetwork(sync.mdm(), other.getValue().mdm()))
                    .toList();
            others.stream()
                    .filter(other -> haveOneTenant(sync.mdm(), other.getValue().mdm()))
                    .findFirst()
                    .ifPresent(other -> doubts.add(NETWORK.formatted(name, other.getKey(), "to one MDM tenant")));
            others.stream()
                    .filter(other -> mayShareFleet(sync, other.getValue()))
                    .findFirst()
                    .ifPresent(other -> doubts.add(NETWORK.formatted(
                            name, other.getKey(), "by two MDMs to the fleet of one Celona customer")));
        }
        return doubts;
    }

    /** Whether one takes the whole tenant, or both have the same conditions (different ones may not overlap). */
    private static boolean takeTheSame(SyncSettings one, SyncSettings other) {
        List<Object> asked = restrictions(one);
        return tenant(one).equals(tenant(other))
                && (asked.isEmpty() || restrictions(other).isEmpty() || asked.equals(restrictions(other)));
    }

    /** Apple wants each pair of identifiers once on a device. */
    private static boolean haveOneNetwork(MdmSettings one, MdmSettings other) {
        return one.push().contains(PushWay.PROFILE)
                && other.push().contains(PushWay.PROFILE)
                && one.profile().networkIdentifier().equals(other.profile().networkIdentifier())
                && one.profile().csgNetworkIdentifier().equals(other.profile().csgNetworkIdentifier());
    }

    /** Whether a device of one may be in the other: fleets move between Jamf Pro and Intune, or are in both. */
    private static boolean mayShareFleet(SyncSettings one, SyncSettings other) {
        return !one.mdm().platform().equals(other.mdm().platform())
                && one.celona().customerId().equals(other.celona().customerId());
    }

    private static boolean haveOneTenant(MdmSettings one, MdmSettings other) {
        return one.platform().equals(other.platform())
                && Objects.equals(one.baseUrl(), other.baseUrl())
                && one.tenantId().equals(other.tenantId());
    }

    private static List<Object> tenant(SyncSettings sync) {
        MdmSettings mdm = sync.mdm();
        return List.of(
                sync.celona().customerId(),
                mdm.platform(),
                String.valueOf(mdm.baseUrl()),
                mdm.tenantId(),
                mdm.folder());
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
