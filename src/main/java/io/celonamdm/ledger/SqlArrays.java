package io.celonamdm.ledger;

import io.celonamdm.esim.Eid;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Arrays as tables to join with. Of a condition on two columns, {@code sync = … and eid in (…)}, H2 takes the index for
 * the first alone, and holds each row of the sync against each element; a join looks each element up.
 */
final class SqlArrays {
    /** The table {@code wanted} with the column {@code eid}, from the parameter {@code :eids}. */
    static final String EIDS = "unnest(cast(:eids as varchar array)) as wanted(eid)";

    /** The table {@code wanted} with the column {@code place}, from the parameter {@code :places}. */
    static final String PLACES = "unnest(cast(:places as varchar array)) as wanted(place)";

    private SqlArrays() {}

    /** The parameter of {@link #EIDS}. */
    static String[] eids(Collection<Eid> eids) {
        return eids.stream().map(Eid::value).toArray(String[]::new);
    }

    /** The parameter of {@link #PLACES}. */
    static String[] places(Stream<Place> places) {
        return places.map(Place::name).toArray(String[]::new);
    }
}
