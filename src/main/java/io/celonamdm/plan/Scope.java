package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which devices of the MDM a sync serves. */
public final class Scope {
    private static final int NONE = -1;

    private final List<Condition> include;
    private final List<Condition> exclude;
    private final Set<String> excludedIds;

    /**
     * @param include a device must meet one of these conditions; an empty list admits all devices
     * @param exclude a device must not meet any of these
     * @param excludedIds EIDs and serial numbers of excluded devices; case, blanks and hyphens do not matter
     * @throws IllegalArgumentException if a condition has faults
     */
    public Scope(List<When> include, List<When> exclude, Collection<String> excludedIds) {
        this.include = include.stream().map(Condition::new).toList();
        this.exclude = exclude.stream().map(Condition::new).toList();
        this.excludedIds = excludedIds.stream()
                .map(Scope::plain)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether every device is in scope. */
    public boolean isOpen() {
        return include.isEmpty() && exclude.isEmpty() && excludedIds.isEmpty();
    }

    /** The reason that the device is out of scope; empty if it is in scope. */
    public Optional<String> leavesOut(MdmDevice device, Eid eid) {
        if (excludedIds.contains(eid.value())) {
            return Optional.of("its EID is in the exclusion list of scope");
        }
        if (!excludedIds.isEmpty() && excludedIds.contains(plain(device.serialNumber()))) {
            return Optional.of("its serial number is in the exclusion list of scope");
        }
        int excluded = firstThatHolds(exclude, device);
        if (excluded != NONE) {
            return Optional.of("scope.exclude[" + excluded + "] matches");
        }
        return include.isEmpty() || firstThatHolds(include, device) != NONE
                ? Optional.empty()
                : Optional.of("no condition of scope.include matches");
    }

    private static int firstThatHolds(List<Condition> conditions, MdmDevice device) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds(device)) {
                return i;
            }
        }
        return NONE;
    }

    private static String plain(String id) {
        try {
            return Eid.of(id).value();
        } catch (InvalidValue e) {
            // a serial number
        }
        return id.replaceAll("[\\p{Z}\\s\\p{Pd}\\p{Cf}]", "").toUpperCase(Locale.ROOT);
    }
}
