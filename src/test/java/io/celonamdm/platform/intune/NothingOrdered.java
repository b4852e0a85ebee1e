package io.celonamdm.platform.intune;

import io.celonamdm.simulator.phone.ProfileServer;
import java.util.List;

/** An SM-DP+ on which nothing is ordered: the platform's part ends with the command. */
final class NothingOrdered implements ProfileServer {
    @Override
    public List<String> ordered(String address, String eid) {
        return List.of();
    }

    @Override
    public void downloaded(String iccid) {
        throw new AssertionError("nothing was ordered");
    }
}
