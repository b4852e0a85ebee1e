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
     * The EID.
     *
     * @throws RequestRejected if they are invalid
     */
    static Eid of(String written) {
        try {
            return Eid.named(written);
        } catch (InvalidValue e) {
            throw RequestRejected.invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * All of them, without duplicates.
     *
     * @param action what is asked for, for the error message
     * @throws RequestRejected if one of them is invalid
     */
    static Set<Eid> of(Action action, Collection<String> written) {
        Set<Eid> eids = new LinkedHashSet<>();
        for (String each : written) {
            try {
                eids.add(of(each));
            } catch (RequestRejected e) {
                throw RequestRejected.invalid("%s; %s changed nothing".formatted(e.text(), action.word()));
            }
        }
        return eids;
    }
}
