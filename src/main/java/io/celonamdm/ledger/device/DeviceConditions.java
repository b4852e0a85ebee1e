package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Step;
import java.util.Collection;
import java.util.stream.Collectors;

/** SQL conditions on a device's row for sets and rules defined in Java. */
public final class DeviceConditions {
    static final String UNDER_WAY = "place in " + in(Place.UNDER_WAY);
    /** The device is at PUSH, ACTIVATE or CONFIRM. */
    public static final String ON_THE_WAY = "step in " + in(Step.ON_THE_WAY);

    /** A device at PUSH without an eSIM is still in doubt: it is only told to fetch one, in case there is one. */
    static final String PROBED = "step = 'PUSH' and iccid is null";

    static final String BEING_PROBED = "(place = 'WAITING' and " + PROBED + ")";
    static final String IN_DOUBT = "place = 'IN_DOUBT'";
    static final String GIVEN_UP = "place = 'DEAD' and code = 'GIVEN_UP'";

    private DeviceConditions() {}

    /** The same rule as {@link Device#isActive}. */
    static String isActive(OpCode op) {
        return "activated_at is not null and op_code is null" + (op.groups() ? " and grouped_at is not null" : "");
    }

    /** In doubt, or given up by a person, which can be taken back. */
    static String inDoubt(boolean givenUp) {
        return givenUp ? "(" + GIVEN_UP + ")" : "(" + IN_DOUBT + " or " + BEING_PROBED + ")";
    }

    /** The values as a list for {@code in}. */
    public static String in(Collection<? extends Enum<?>> values) {
        return values.stream().map(value -> "'" + value.name() + "'").collect(Collectors.joining(", ", "(", ")"));
    }
}
