package io.celonamdm.ledger.database;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Arrays as tables to join with. For {@code sync = … and eid in (…)}, H2 uses the index only for the first column, and
 * compares each row of the sync with each element. A join looks up each element.
 */
public final class SqlArrays {
    /** The table {@code wanted} with the column {@code eid}, from the parameter {@code :eids}. */
    public static final String EIDS = "unnest(cast(:eids as varchar array)) as wanted(eid)";

    /** The table {@code wanted} with the column {@code place}, from the parameter {@code :places}. */
    public static final String PLACES = "unnest(cast(:places as varchar array)) as wanted(place)";

    private SqlArrays() {}

    /** Changes devices under a condition, each with its own text {@code said}, from the parameters {@link #given}. */
    public static String updateDevices(String set, String where) {
        return """
                merge into device using
                    (select whose, said from unnest(cast(:ids as bigint array), cast(:texts as varchar array)) as g(whose, said)) given
                on (device.id = given.whose) when matched and %s then update set %s
                """.formatted(where, set);
    }

    /** The parameters of {@link #updateDevices}. */
    public static <T> Map<String, Object> given(Map<Long, T> byDevice, Function<T, String> text) {
        Long[] ids = byDevice.keySet().toArray(Long[]::new);
        return Map.of("ids", ids, "texts", byDevice.values().stream().map(text).toArray(String[]::new));
    }

    /** The parameter of {@link #EIDS}. */
    public static String[] eids(Collection<Eid> eids) {
        return eids.stream().map(Eid::value).toArray(String[]::new);
    }

    /** The parameter of {@link #PLACES}. */
    public static String[] places(Stream<Place> places) {
        return places.map(Place::name).toArray(String[]::new);
    }
}
