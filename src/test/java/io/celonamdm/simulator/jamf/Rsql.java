package io.celonamdm.simulator.jamf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of RSQL that is simulated: equality, joined with {@code ;} or {@code and}. */
final class Rsql {
    private static final Pattern EQUALITY =
            Pattern.compile("\\s*(\\w+)==(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s;,\"'()]+))\\s*");
    private static final Pattern AND = Pattern.compile(";|and\\s");

    private Rsql() {}

    record Equality(String field, String value) {}

    static List<Equality> parse(String filter, Set<String> allowed) {
        List<Equality> equalities = new ArrayList<>();
        Matcher equality = EQUALITY.matcher(filter);
        Matcher and = AND.matcher(filter);
        for (int at = 0; at < filter.length() || at == 0; ) {
            if (!equality.region(at, filter.length()).lookingAt()) {
                throw new BadRequest("Cannot parse filter [" + filter + "]");
            }
            if (!allowed.contains(equality.group(1))) {
                throw new BadRequest("Cannot filter by field [" + equality.group(1)
                        + "]. Fields that can be used in filter are: " + allowed);
            }
            equalities.add(new Equality(equality.group(1), value(equality)));
            at = equality.end();
            if (at == filter.length()) {
                return equalities;
            }
            if (!and.region(at, filter.length()).lookingAt()) {
                throw new BadRequest("Cannot parse filter [" + filter + "]");
            }
            at = and.end();
        }
        throw new BadRequest("Cannot parse filter [" + filter + "]");
    }

    private static String value(Matcher equality) {
        if (equality.group(2) != null) {
            return equality.group(2).replaceAll("\\\\(.)", "$1");
        }
        return equality.group(3) != null ? equality.group(3) : equality.group(4);
    }
}
