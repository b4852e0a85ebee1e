package io.celonamdm.http;

import org.apache.camel.NamedNode;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** Identifies the steps of the route files that call a vendor. */
public final class VendorCalls {
    /** The exchange property that tells a nested call which call it is part of. */
    public static final String UNDER_WAY = "callUnderWay";

    private VendorCalls() {}

    /** Whether a step calls a vendor: it sends to an address, and has an id. */
    public static boolean isCall(NamedNode step) {
        return (step instanceof ToDefinition || step instanceof ToDynamicDefinition)
                && ((OptionalIdentifiedDefinition<?>) step).hasCustomIdAssigned();
    }

    /** The address of a step as written in the route file; empty for a step without one. */
    public static String address(NamedNode step) {
        String uri = step instanceof ToDynamicDefinition dynamic
                ? dynamic.getUri()
                : step instanceof ToDefinition fixed ? fixed.getUri() : null;
        return uri == null ? "" : uri;
    }
}
