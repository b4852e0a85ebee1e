package io.celonamdm.simulator.celona;

import static java.util.stream.Collectors.toCollection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The actual state at Celona, whatever it answers. */
public final class CelonaTruth {
    private final EsimPool pool;

    CelonaTruth(EsimPool pool) {
        this.pool = pool;
    }

    /** All eSIMs. */
    public List<Esim> esims() {
        return pool.all();
    }

    /** An eSIM. */
    public Optional<Esim> esim(String iccid) {
        return pool.find(iccid);
    }

    /** The eSIMs in a state. */
    public List<Esim> esims(EsimState state) {
        return pool.all().stream().filter(esim -> esim.state() == state).toList();
    }

    /** Every ICCID that each EID ever got, in the order in which it got them. */
    public Map<String, List<String>> assignments() {
        return pool.assignments();
    }

    /** Every ICCID that an EID ever got. */
    public List<String> iccidsOf(String eid) {
        return pool.assignments().getOrDefault(eid, List.of());
    }

    /** The EIDs that got more than one eSIM. */
    public Set<String> eidsAssignedTwice() {
        return pool.assignments().entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(toCollection(LinkedHashSet::new));
    }

    /** The EIDs with an active eSIM. */
    public Set<String> activeEids() {
        return esims(EsimState.ACTIVE).stream().map(Esim::eid).collect(toCollection(LinkedHashSet::new));
    }

    /** How many eSIMs are left. */
    public int available() {
        return pool.available();
    }
}
