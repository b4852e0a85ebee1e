package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The fleet with Jamf Pro's ids and the values of extension attributes. */
final class Devices {
    private static final int FIRST_ID = 101;

    private final PhoneFleet fleet;
    private final Map<Phone, String> ids = new HashMap<>();
    private final Map<String, Map<String, List<String>>> attributes = new ConcurrentHashMap<>();

    Devices(PhoneFleet fleet) {
        this.fleet = fleet;
    }

    List<Phone> all() {
        return fleet.phones();
    }

    synchronized String id(Phone phone) {
        return ids.computeIfAbsent(phone, key -> String.valueOf(FIRST_ID + ids.size()));
    }

    Optional<Phone> byId(String id) {
        return all().stream().filter(phone -> id(phone).equals(id)).findFirst();
    }

    Optional<Phone> byManagementId(String managementId) {
        return all().stream()
                .filter(phone -> phone.managementId().equals(managementId))
                .findFirst();
    }

    void attribute(String id, String name, List<String> value) {
        attributes.computeIfAbsent(id, key -> new ConcurrentHashMap<>()).put(name, value);
    }

    Map<String, List<String>> attributes(String id) {
        return attributes.getOrDefault(id, Map.of());
    }
}
