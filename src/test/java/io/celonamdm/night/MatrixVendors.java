package io.celonamdm.night;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.RequestLog;
import java.net.URI;

/** The vendors with one fault: Celona, and a tenant of each platform with its own phones. */
final class MatrixVendors implements AutoCloseable {
    private final Simulation simulation;
    private final PhoneFleet phonesOfIntune;
    private final IntuneSimulator intune;

    /** Who is called. */
    enum Vendor {
        JAMF("Jamf"),
        INTUNE("Intune"),
        CELONA("Celona");

        final String label;

        Vendor(String label) {
            this.label = label;
        }
    }

    private record Server(String url, Faults faults, RequestLog log) {}

    MatrixVendors(MatrixFault fault) {
        simulation = Simulation.start(new PhoneFleet(fault.number()));
        simulation.celona().stock(2 * MatrixCall.values().length);
        simulation.jamf().settings().extensionAttribute("Celona SM-DP+ address");
        simulation.jamf().settings().extensionAttribute("Celona eSIM state");
        phonesOfIntune = new PhoneFleet(1000 + fault.number());
        intune = IntuneSimulator.start(0, phonesOfIntune, simulation.celona().smdp());
    }

    /** Celona and Jamf Pro. */
    Simulation simulation() {
        return simulation;
    }

    IntuneSimulator intune() {
        return intune;
    }

    /** The phones that the vendor, or Jamf Pro where Celona is called, manages. */
    PhoneFleet fleet(Vendor vendor) {
        return vendor == Vendor.INTUNE ? phonesOfIntune : simulation.fleet();
    }

    Faults faults(Vendor vendor) {
        return server(vendor).faults;
    }

    RequestLog log(Vendor vendor) {
        return server(vendor).log;
    }

    int port(Vendor vendor) {
        return URI.create(server(vendor).url).getPort();
    }

    private Server server(Vendor vendor) {
        return switch (vendor) {
            case JAMF ->
                new Server(
                        simulation.jamf().url(),
                        simulation.jamf().faults(),
                        simulation.jamf().log());
            case INTUNE -> new Server(intune.url(), intune.faults(), intune.log());
            case CELONA ->
                new Server(
                        simulation.celona().url(),
                        simulation.celona().faults(),
                        simulation.celona().log());
        };
    }

    /** Lets all access tokens that the vendor has given out expire at once. */
    void expireTokens(Vendor vendor) {
        if (vendor == Vendor.INTUNE) {
            intune.expireTokens();
        } else {
            simulation.jamf().expireTokens();
        }
    }

    @Override
    public void close() {
        intune.close();
        simulation.close();
    }
}
