package io.celonamdm.control;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** EIDs as people write them. */
final class Eids {
    private Eids() {}

    /**
     * The 32 digits.
     *
     * @throws RequestRejected if they are invalid
     */
    static String of(String written) {
        try {
            return Eid.named(written).value();
        } catch (InvalidValue e) {
            throw RequestRejected.invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The digits of each, without duplicates.
     *
     * @throws RequestRejected if one of them is invalid
     */
    static Set<String> of(Collection<String> written) {
        Set<String> eids = new LinkedHashSet<>();
        for (String each : written) {
            try {
                eids.add(of(each));
            } catch (RequestRejected e) {
                throw RequestRejected.invalid(e.text() + "; nothing was redriven");
            }
        }
        return eids;
    }
}
