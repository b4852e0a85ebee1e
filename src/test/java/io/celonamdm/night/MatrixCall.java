package io.celonamdm.night;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Request;
import io.celonamdm.simulator.web.RequestLog;
import java.net.URI;
import org.apache.hc.core5.http.HttpRequest;

/** A call to the outside, in the order of a night. */
enum MatrixCall {
    TOKEN("Jamf: token", "POST", "token", "", ""),
    INVENTORY("Jamf: inventory", "GET", "/mobile-devices/detail", "", ""),
    ASSIGN("Celona: assign-eid", "POST", "/assign-eid", "", "ASSIGN"),
    STATUS("Celona: eid-status", "GET", "/eid-status", "", ""),
    FIND("Jamf: find command", "GET", "/mdm/commands", "active", ""),
    SEND("Jamf: send command", "POST", "/mdm/commands", "", "PUSH"),
    ACTIVATE("Celona: activation-from-file", "POST", "/activation-from-file", "", "ACTIVATE"),
    FATE("Jamf: fate of command", "GET", "/mdm/commands", "uuid", ""),
    ATTRIBUTE("Jamf: attribute", "PATCH", "/mobile-devices", "", "");

    final String label;
    final String method;
    final String path;

    /** What the filter contains, where the path is not enough to tell. */
    private final String filter;

    /** The step at which the call is journalled; empty if it is not. */
    final String journalled;

    MatrixCall(String label, String method, String path, String filter, String journalled) {
        this.label = label;
        this.method = method;
        this.path = path;
        this.filter = filter;
        this.journalled = journalled;
    }

    /** Whether it is made before there is a plan, hence before there are devices. */
    boolean isPull() {
        return this == TOKEN || this == INVENTORY;
    }

    /** Whether a request on its way out is this call. */
    boolean is(HttpRequest request) {
        return request.getMethod().equals(method)
                && request.getRequestUri().contains(path)
                && request.getRequestUri().contains(filter);
    }

    /** Whether a request that has come in is this call. */
    boolean is(Request request) {
        return request.is(method, path) && request.query("filter").orElse("").contains(filter);
    }

    /** The faults of the vendor that is called. */
    Faults faults(Simulation simulation) {
        return isCelona() ? simulation.celona().faults() : simulation.jamf().faults();
    }

    /** How often the vendor has received it. */
    long received(Simulation simulation) {
        RequestLog log =
                isCelona() ? simulation.celona().log() : simulation.jamf().log();
        return log.of(method, path).stream()
                .filter(logged -> is(logged.request()))
                .count();
    }

    /** The port of the vendor that is called. */
    int port(Simulation simulation) {
        return URI.create(
                        isCelona()
                                ? simulation.celona().url()
                                : simulation.jamf().url())
                .getPort();
    }

    private boolean isCelona() {
        return this == ASSIGN || this == STATUS || this == ACTIVATE;
    }
}
