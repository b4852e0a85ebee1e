package io.celonamdm.ledger;

import java.util.Collection;

/**
 * A list of EIDs as a table to join with. Of a condition on two columns, {@code sync = … and eid in (…)}, H2 takes the
 * index for the first alone, and holds each row of the sync against each element; a join looks each element up.
 */
final class Wanted {
    /** The table {@code wanted} with the column {@code eid}, from the parameter {@code :eids}. */
    static final String EIDS = "unnest(cast(:eids as varchar array)) as wanted(eid)";

    private Wanted() {}

    /** The parameter. */
    static String[] eids(Collection<String> eids) {
        return eids.toArray(String[]::new);
    }
}
