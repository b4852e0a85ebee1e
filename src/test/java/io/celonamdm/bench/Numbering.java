package io.celonamdm.bench;

import io.celonamdm.simulator.phone.Eids;

/** What tells the devices of a large fleet apart; all texts of one kind have the same length. */
final class Numbering {
    private static final long FIRST_ID = 1_000_000;
    private static final long DIGITS = 10_000_000;

    private Numbering() {}

    /** The id in the MDM, in the order of which the inventory is shown. */
    static String id(int device) {
        return String.valueOf(FIRST_ID + device);
    }

    /** The eSIM that the device was assigned: these digits and the id. */
    static String iccid(String id) {
        return iccidPrefix() + id;
    }

    /** What all assigned eSIMs begin with. */
    static String iccidPrefix() {
        return "8910521203310";
    }

    /** The EID; in another order than the ids, as with real phones. */
    static String eid(int device) {
        // a prime factor takes each of the numbers to another one
        return Eids.complete("89049032%07d%015d".formatted(device * 7_368_787L % DIGITS, 42));
    }
}
