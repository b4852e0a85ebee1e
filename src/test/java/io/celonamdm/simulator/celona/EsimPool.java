package io.celonamdm.simulator.celona;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The customer's eSIMs in order, and every EID that ever got one. */
final class EsimPool {
    private final Map<String, Esim> esims = new LinkedHashMap<>();
    private final Deque<String> available = new ArrayDeque<>();
    private final Map<String, List<String>> assignments = new LinkedHashMap<>();

    synchronized void add(String iccid) {
        if (esims.putIfAbsent(iccid, Esim.available(iccid)) == null) {
            available.add(iccid);
        }
    }

    synchronized void provision(String iccid) {
        available.remove(iccid);
        change(iccid, esim -> esim.in(EsimState.DOWNLOADED));
    }

    synchronized void clear() {
        esims.clear();
        available.clear();
        assignments.clear();
    }

    /** Takes the next available eSIM, whatever the EID already has. */
    synchronized Optional<String> takeNext(String eid, String name, Instant readyAt) {
        Optional<String> next = Optional.ofNullable(available.peek());
        next.ifPresent(iccid -> assign(iccid, eid, name, readyAt));
        return next;
    }

    /** Maps a given eSIM; an active one of another device must first be deactivated in Orchestrator. */
    synchronized boolean map(String iccid, String eid, String name, Instant readyAt) {
        Esim esim = esims.get(iccid);
        if (esim == null || (esim.state() == EsimState.ACTIVE && !esim.eid().equals(eid))) {
            return false;
        }
        boolean moves = !esim.eid().equals(eid);
        if (moves) {
            assign(iccid, eid, name, readyAt);
        } else {
            change(iccid, same -> same.named(name));
        }
        return true;
    }

    synchronized Optional<Esim> find(String iccid) {
        return Optional.ofNullable(esims.get(iccid));
    }

    synchronized void change(String iccid, UnaryOperator<Esim> change) {
        esims.computeIfPresent(iccid, (key, esim) -> change.apply(esim));
    }

    synchronized List<Esim> all() {
        return List.copyOf(esims.values());
    }

    /** The eSIMs that an EID got and that are still its own. */
    synchronized List<Esim> of(String eid) {
        return assignments.getOrDefault(eid, List.of()).stream()
                .flatMap(iccid -> find(iccid).stream())
                .filter(esim -> esim.eid().equals(eid))
                .toList();
    }

    synchronized int available() {
        return available.size();
    }

    synchronized Map<String, List<String>> assignments() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        assignments.forEach((eid, iccids) -> copy.put(eid, List.copyOf(iccids)));
        return copy;
    }

    private void assign(String iccid, String eid, String name, Instant readyAt) {
        available.remove(iccid);
        change(iccid, esim -> esim.assigned(eid, name, readyAt));
        assignments.computeIfAbsent(eid, key -> new ArrayList<>()).add(iccid);
    }
}
