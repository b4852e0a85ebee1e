package io.celonamdm.simulator.celona;

import java.time.Instant;

/**
 * An eSIM as Celona knows it.
 *
 * @param iccid the eSIM
 * @param state where it stands
 * @param eid the device it is mapped to, empty if none
 * @param name the device's name, empty if none
 * @param group the device group, empty if none
 * @param readyAt when its order is at the SM-DP+
 */
public record Esim(String iccid, EsimState state, String eid, String name, String group, Instant readyAt) {

    static Esim available(String iccid) {
        return new Esim(iccid, EsimState.AVAILABLE, "", "", "", Instant.MAX);
    }

    Esim assigned(String toEid, String withName, Instant ready) {
        return new Esim(iccid, EsimState.ASSIGNED, toEid, withName, group, ready);
    }

    Esim in(EsimState other) {
        return new Esim(iccid, other, eid, name, group, readyAt);
    }

    Esim named(String other) {
        return new Esim(iccid, state, eid, other, group, readyAt);
    }

    Esim grouped(String other) {
        return new Esim(iccid, state, eid, name, other, readyAt);
    }

    boolean orderedAt(Instant now) {
        return state == EsimState.ASSIGNED && !now.isBefore(readyAt);
    }
}
