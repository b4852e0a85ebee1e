package io.celonamdm.http;

import org.apache.camel.NamedNode;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** Which steps of the route files call a vendor. */
public final class VendorCalls {
    /** The exchange property by which a call inside of another one knows what it is part of. */
    public static final String UNDER_WAY = "callUnderWay";

    private VendorCalls() {}

    /** Whether a step calls a vendor: it is sent to an address, and has an id. */
    public static boolean isCall(NamedNode step) {
        return (step instanceof ToDefinition || step instanceof ToDynamicDefinition)
                && ((OptionalIdentifiedDefinition<?>) step).hasCustomIdAssigned();
    }

    /** Where a step sends to, as the route file has it; empty for a step that sends to no address. */
    public static String address(NamedNode step) {
        String uri = step instanceof ToDynamicDefinition dynamic
                ? dynamic.getUri()
                : step instanceof ToDefinition fixed ? fixed.getUri() : null;
        return uri == null ? "" : uri;
    }
}
