package io.celonamdm.night;

/** A temporary outage; counts the refused attempts. */
final class Outage {
    private boolean under;
    private int refusals;

    synchronized void begin() {
        under = true;
    }

    synchronized void end() {
        under = false;
        refusals = 0;
    }

    /** Whether it refuses what it is asked for. */
    synchronized boolean refuses() {
        refusals += under ? 1 : 0;
        return under;
    }

    /** How often it has refused in the outage under way. */
    synchronized int refusals() {
        return refusals;
    }
}
