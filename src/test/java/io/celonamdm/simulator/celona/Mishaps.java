package io.celonamdm.simulator.celona;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Faults of single EIDs, whichever eSIM they get. */
public final class Mishaps {
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, Duration> slow = new ConcurrentHashMap<>();
    private final Map<String, String> grouped = new ConcurrentHashMap<>();
    private final Set<String> withoutImsi = ConcurrentHashMap.newKeySet();
    private final Set<String> vanishing = ConcurrentHashMap.newKeySet();

    Mishaps() {}

    /** eid-status reports the EID with a word other than SUCCESS; it gets no eSIM. */
    public Mishaps refuse(String eid, String statusWord) {
        refused.put(eid, statusWord);
        return this;
    }

    /** The assignment of the EID takes longer (or shorter) than that of the others. */
    public Mishaps assignDelay(String eid, Duration delay) {
        slow.put(eid, delay);
        return this;
    }

    /** The EID's eSIM is already in a device group when it is assigned. */
    public Mishaps alreadyInGroup(String eid, String group) {
        grouped.put(eid, group);
        return this;
    }

    /** Activation finds no IMSI for the EID's eSIM. */
    public Mishaps noImsi(String eid) {
        withoutImsi.add(eid);
        return this;
    }

    /** Activation processes the EID's eSIM and reports nothing about it. */
    public Mishaps vanish(String eid) {
        vanishing.add(eid);
        return this;
    }

    /** Mends an EID. */
    public Mishaps mend(String eid) {
        refused.remove(eid);
        slow.remove(eid);
        grouped.remove(eid);
        withoutImsi.remove(eid);
        vanishing.remove(eid);
        return this;
    }

    Optional<String> refused(String eid) {
        return Optional.ofNullable(refused.get(eid));
    }

    Duration assignDelay(String eid, CelonaSettings settings) {
        return slow.getOrDefault(eid, settings.assignDelay());
    }

    Optional<String> groupOf(String eid) {
        return Optional.ofNullable(grouped.get(eid));
    }

    boolean hasNoImsi(String eid) {
        return withoutImsi.contains(eid);
    }

    boolean vanishes(String eid) {
        return vanishing.contains(eid);
    }
}
