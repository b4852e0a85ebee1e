package io.celonamdm.platform.jamf;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The ids that a pull has shown. Jamf Pro numbers its records, so one bit per id is enough. */
final class ShownIds {
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,7}");

    private final BitSet numbers = new BitSet();
    private final Set<String> others = new HashSet<>();

    /** Whether the id was not shown before; an empty id is ignored. */
    boolean add(String id) {
        if (id.isEmpty()) {
            return true;
        }
        if (!NUMBER.matcher(id).matches()) {
            return others.add(id);
        }
        int number = Integer.parseInt(id);
        boolean known = numbers.get(number);
        numbers.set(number);
        return !known;
    }
}
