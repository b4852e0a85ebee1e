package io.celonamdm.simulator;

import io.celonamdm.simulator.celona.CelonaSimulator;
import io.celonamdm.simulator.jamf.JamfSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;

/** Celona and Jamf Pro, which share one fleet of phones. */
public final class Simulation implements AutoCloseable {
    /** The API client's id at Jamf Pro. */
    public static final String CLIENT_ID = "3f6c1b8a-5d5e-4f2a-9c77-0a1b2c3d4e5f";

    /** Its secret; goes wrong wherever it is not form-encoded. */
    public static final String CLIENT_SECRET = "p+a&s/s%word=ü";

    /** The API key at Celona. */
    public static final String API_KEY = "$2a$04$xylSimulatedCelonaKey";

    /** The customer at Celona. */
    public static final String CUSTOMER_ID = "104242";

    private final PhoneFleet fleet;
    private final CelonaSimulator celona;
    private final JamfSimulator jamf;

    private Simulation(PhoneFleet fleet, int jamfPort, int celonaPort) {
        this.fleet = fleet;
        celona = CelonaSimulator.start(celonaPort);
        celona.settings().apiKey(API_KEY).customerId(CUSTOMER_ID);
        jamf = JamfSimulator.start(jamfPort, fleet, celona.smdp());
        jamf.settings().client(CLIENT_ID, CLIENT_SECRET);
    }

    /** Starts both on any free ports; Celona has twice as many eSIMs as there are EIDs. */
    public static Simulation start(PhoneFleet fleet) {
        return start(fleet, 0, 0);
    }

    /** Starts both on given ports; Celona has twice as many eSIMs as there are EIDs. */
    public static Simulation start(PhoneFleet fleet, int jamfPort, int celonaPort) {
        Simulation simulation = new Simulation(fleet, jamfPort, celonaPort);
        simulation.celona().stock(2 * fleet.eids().size());
        return simulation;
    }

    /** The phones. */
    public PhoneFleet fleet() {
        return fleet;
    }

    /** Celona. */
    public CelonaSimulator celona() {
        return celona;
    }

    /** Jamf Pro. */
    public JamfSimulator jamf() {
        return jamf;
    }

    @Override
    public void close() {
        jamf.close();
        celona.close();
    }
}
