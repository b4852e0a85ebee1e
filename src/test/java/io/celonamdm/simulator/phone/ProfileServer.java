package io.celonamdm.simulator.phone;

import java.util.List;

/** The SM-DP+, from which a phone downloads the profiles ordered for its EID. */
public interface ProfileServer {
    /** The ICCIDs that wait for an EID at an address. */
    List<String> ordered(String address, String eid);

    /** A phone has downloaded a profile. */
    void downloaded(String iccid);
}
