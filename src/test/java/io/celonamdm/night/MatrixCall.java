package io.celonamdm.night;

import io.celonamdm.night.MatrixVendors.Vendor;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.HttpRequest;

/** Outgoing calls; those of one vendor are in the order of a night. */
enum MatrixCall {
    TOKEN(Vendor.JAMF, "token", "POST", "token", "", ""),
    INVENTORY(Vendor.JAMF, "inventory", "GET", "/mobile-devices/detail", "", ""),
    ASSIGN(Vendor.CELONA, "assign-eid", "POST", "/assign-eid", "", "ASSIGN"),
    STATUS(Vendor.CELONA, "eid-status", "GET", "/eid-status", "", ""),
    FIND(Vendor.JAMF, "find command", "GET", "/mdm/commands", "active", ""),
    SEND(Vendor.JAMF, "send command", "POST", "/mdm/commands", "", "PUSH"),
    ACTIVATE(Vendor.CELONA, "activation-from-file", "POST", "/activation-from-file", "", "ACTIVATE"),
    FATE(Vendor.JAMF, "fate of command", "GET", "/mdm/commands", "uuid", ""),
    ATTRIBUTE(Vendor.JAMF, "attribute", "PATCH", "/mobile-devices", "", ""),

    ENTRA_TOKEN(Vendor.INTUNE, "token", "POST", "/oauth2/v2.0/token", "", ""),
    REPORT(Vendor.INTUNE, "ask for report", "POST", "/exportJobs", "", ""),
    REPORT_STATE(Vendor.INTUNE, "state of report", "GET", "/exportJobs/", "", ""),
    REPORT_FILE(Vendor.INTUNE, "file of report", "GET", "/blob/", "", ""),
    ACTION(Vendor.INTUNE, "send action", "POST", "/executeAction", "", "PUSH"),
    ACTION_FATE(Vendor.INTUNE, "fate of action", "POST", "batch", "", "");

    private static final Set<MatrixCall> PULL =
            Set.of(TOKEN, INVENTORY, ENTRA_TOKEN, REPORT, REPORT_STATE, REPORT_FILE);

    /** Calls that fail in one night; those of Celona alone, because both platforms' syncs have one Celona. */
    static final List<List<MatrixCall>> NIGHTS = List.of(
            List.of(TOKEN, ENTRA_TOKEN),
            List.of(INVENTORY, REPORT),
            List.of(ASSIGN),
            List.of(STATUS),
            List.of(FIND, REPORT_STATE),
            List.of(SEND, ACTION),
            List.of(ACTIVATE),
            List.of(FATE, ACTION_FATE),
            List.of(ATTRIBUTE, REPORT_FILE));

    final Vendor vendor;
    final String label;
    final String method;
    final String path;

    /** What the filter contains, where the path is not enough to tell. */
    private final String filter;

    /** The step at which the call is journalled; empty if it is not. */
    final String journalled;

    MatrixCall(Vendor vendor, String label, String method, String path, String filter, String journalled) {
        this.vendor = vendor;
        this.label = vendor.label + ": " + label;
        this.method = method;
        this.path = path;
        this.filter = filter;
        this.journalled = journalled;
    }

    /** The calls of a night with Jamf Pro, Celona's among them. */
    static List<MatrixCall> ofJamf() {
        return Arrays.stream(values())
                .filter(call -> call.vendor != Vendor.INTUNE)
                .toList();
    }

    /** The calls to Intune. */
    static List<MatrixCall> ofIntune() {
        return Arrays.stream(values())
                .filter(call -> call.vendor == Vendor.INTUNE)
                .toList();
    }

    /** Whether it is made before there is a plan, hence before there are devices. */
    boolean isPull() {
        return PULL.contains(this);
    }

    /** Whether it asks what became of a command, which is done only while the phone has not downloaded its eSIM. */
    boolean asksForFate() {
        return this == FATE || this == ACTION_FATE;
    }

    /** Whether an access token is what it asks for. */
    boolean asksForToken() {
        return this == TOKEN || this == ENTRA_TOKEN;
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
    Faults faults(MatrixVendors vendors) {
        return vendors.faults(vendor);
    }

    /** How often the vendor has received it. */
    long received(MatrixVendors vendors) {
        return vendors.log(vendor).of(method, path).stream()
                .filter(logged -> is(logged.request()))
                .count();
    }

    /** The port of the vendor that is called. */
    int port(MatrixVendors vendors) {
        return vendors.port(vendor);
    }
}
