package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.phone.ProfileServer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Celona's SM-DP+: the orders of assigned eSIMs, found by EID. */
final class Smdp implements ProfileServer {
    private final EsimPool pool;
    private final CelonaSettings settings;
    private final Set<String> fetched = ConcurrentHashMap.newKeySet();

    Smdp(EsimPool pool, CelonaSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    @Override
    public List<String> ordered(String address, String eid) {
        if (!withoutSlash(address).equals(withoutSlash(settings.serverUrl()))) {
            return List.of();
        }
        Instant now = Instant.now();
        return pool.of(eid).stream()
                .filter(esim ->
                        esim.orderedAt(now) || (esim.state() == EsimState.ACTIVE && !fetched.contains(esim.iccid())))
                .map(Esim::iccid)
                .toList();
    }

    @Override
    public void downloaded(String iccid) {
        fetched.add(iccid);
        pool.change(iccid, esim -> esim.state() == EsimState.ASSIGNED ? esim.in(EsimState.DOWNLOADED) : esim);
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
