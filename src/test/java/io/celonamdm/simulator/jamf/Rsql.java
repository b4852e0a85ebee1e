package io.celonamdm.simulator.jamf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of RSQL that is simulated: equality and membership in a list, joined with {@code ;} or {@code and}. */
final class Rsql {
    // possessive: a list of fifty values would otherwise end the stack
    private static final String VALUE = "(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*+'|[^\\s;,\"'()]++)";
    private static final Pattern CONDITION = Pattern.compile(
            "\\s*(\\w+)(?:==(" + VALUE + ")|=in=\\(\\s*(" + VALUE + "(?:\\s*+,\\s*+" + VALUE + ")*+)\\s*\\))\\s*");
    private static final Pattern EACH = Pattern.compile(VALUE);
    private static final Pattern AND = Pattern.compile(";|and\\s");

    private Rsql() {}

    /** A field that has one of the values. */
    record Condition(String field, List<String> values) {
        boolean has(String value) {
            return values.contains(value);
        }
    }

    static List<Condition> parse(String filter, Set<String> allowed) {
        List<Condition> conditions = new ArrayList<>();
        Matcher condition = CONDITION.matcher(filter);
        Matcher and = AND.matcher(filter);
        for (int at = 0; at < filter.length() || at == 0; ) {
            if (!condition.region(at, filter.length()).lookingAt()) {
                throw new BadRequest("Cannot parse filter [" + filter + "]");
            }
            if (!allowed.contains(condition.group(1))) {
                throw new BadRequest("Cannot filter by field [" + condition.group(1)
                        + "]. Fields that can be used in filter are: " + allowed);
            }
            String values = condition.group(2) == null ? condition.group(3) : condition.group(2);
            conditions.add(new Condition(
                    condition.group(1),
                    EACH.matcher(values)
                            .results()
                            .map(value -> unquoted(value.group()))
                            .toList()));
            at = condition.end();
            if (at == filter.length()) {
                return conditions;
            }
            if (!and.region(at, filter.length()).lookingAt()) {
                throw new BadRequest("Cannot parse filter [" + filter + "]");
            }
            at = and.end();
        }
        throw new BadRequest("Cannot parse filter [" + filter + "]");
    }

    private static String unquoted(String value) {
        if (value.startsWith("\"")) {
            return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
    }
}
