package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.phone.ProfileServer;
import java.util.List;

/** An SM-DP+ with one profile for anyone who knows its address. */
final class OneProfile implements ProfileServer {
    static final String ADDRESS = "https://smdp.example.com";
    static final String ICCID = "89105212033100003474";

    @Override
    public List<String> ordered(String address, String eid) {
        return address.equals(ADDRESS) ? List.of(ICCID) : List.of();
    }

    @Override
    public void downloaded(String iccid) {
        // nobody asks
    }
}
