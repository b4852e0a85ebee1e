package io.celonamdm.simulator;

import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;

/**
 * A second tenant and customer of the demo, for a person's decisions: it has more new phones than its guard admits, and
 * its Celona hangs up on the first assignment without processing it.
 */
public final class DemoStores {
    /** The customer at Celona. */
    public static final String CUSTOMER_ID = "104243";

    private static final int PHONES = 8;
    private static final long SEED = 20261123;

    private DemoStores() {}

    /** Starts on any free ports. */
    public static Simulation start() {
        Simulation stores = Simulation.start(PhoneFleet.of(PHONES, SEED).downloadDelay(Duration.ofSeconds(1)));
        stores.celona().settings().customerId(CUSTOMER_ID).assignDelay(Duration.ofSeconds(1));
        stores.celona().faults().once("POST", "assign-eid", Fault.hangUpBeforeProcessing());
        return stores;
    }
}
