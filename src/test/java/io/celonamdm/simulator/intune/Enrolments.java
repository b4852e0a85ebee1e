package io.celonamdm.simulator.intune;

import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The managed devices of the fleet. */
final class Enrolments {
    private final PhoneFleet fleet;
    private final Map<Phone, ManagedDevice> devices = new ConcurrentHashMap<>();

    Enrolments(PhoneFleet fleet) {
        this.fleet = fleet;
    }

    ManagedDevice of(Phone phone) {
        return devices.computeIfAbsent(phone, ManagedDevice::new);
    }

    List<ManagedDevice> all() {
        return fleet.phones().stream().map(this::of).toList();
    }

    Map<String, ManagedDevice> byId() {
        Map<String, ManagedDevice> byId = new ConcurrentHashMap<>();
        all().forEach(device -> byId.put(device.id(), device));
        return byId;
    }

    Optional<ManagedDevice> byId(String id) {
        return all().stream().filter(device -> device.id().equals(id)).findFirst();
    }

    Optional<ManagedDevice> byEntraId(String id) {
        return all().stream().filter(device -> device.entraId().equals(id)).findFirst();
    }

    Optional<ManagedDevice> byObjectId(String id) {
        return all().stream().filter(device -> device.objectId().equals(id)).findFirst();
    }
}
