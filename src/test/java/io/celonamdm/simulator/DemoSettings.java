package io.celonamdm.simulator;

import java.util.Map;

/** The values that the demo's settings, {@code demo.yaml}, leave open. */
public final class DemoSettings {
    private DemoSettings() {}

    /**
     * Where the simulators are, and how one signs in there; prepares the MDM of the warehouse for what its sync writes.
     *
     * @param warehouse the simulators of {@link DemoScenario}
     * @param stores those of {@link DemoStores}
     */
    public static Map<String, String> of(Simulation warehouse, Simulation stores) {
        warehouse.jamf().settings().extensionAttribute("Celona SM-DP+ address").extensionAttribute("Celona eSIM state");
        return Map.of(
                "demo.jamf-url",
                warehouse.jamf().url(),
                "demo.celona-url",
                warehouse.celona().url(),
                "demo.customer-id",
                Simulation.CUSTOMER_ID,
                "demo.stores-jamf-url",
                stores.jamf().url(),
                "demo.stores-celona-url",
                stores.celona().url(),
                "demo.stores-customer-id",
                DemoStores.CUSTOMER_ID,
                "demo.client-id",
                Simulation.CLIENT_ID,
                "demo.client-secret",
                Simulation.CLIENT_SECRET,
                "demo.api-key",
                Simulation.API_KEY);
    }
}
