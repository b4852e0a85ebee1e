package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.util.List;
import java.util.Optional;

/** Decides which Celona device group a device joins. */
public final class DeviceGroups {

    /** The default group that holds unmatched devices back; case does not matter. */
    public static final String HOLD = "hold";

    /** The rule index of a choice that no rule made. */
    public static final int NO_RULE = -1;

    private static final String CELONA_DEFAULT = "";

    private final List<GroupRule> rules;
    private final List<Condition> conditions;
    private final String defaultGroup;

    /**
     * @param rules the rules, the first that matches wins
     * @param defaultGroup the group of a device that no rule matches: {@value #HOLD} holds it back, empty is Celona's
     *     default group; ignored without rules
     * @throws IllegalArgumentException if the condition of a rule has faults
     */
    public DeviceGroups(List<GroupRule> rules, String defaultGroup) {
        this.rules = List.copyOf(rules);
        this.conditions = rules.stream().map(rule -> new Condition(rule.when())).toList();
        this.defaultGroup = defaultGroup;
    }

    /**
     * The group that a device joins, and the rule.
     *
     * @param group the group's name as {@link SafeText} cleaned it, never cut, empty for Celona's default group
     * @param rule the index of the matching rule, from 0; {@link #NO_RULE} if none matched
     */
    public record Choice(String group, int rule) {}

    /** The device's group; empty if it is held back because no rule matches. */
    public Optional<String> of(MdmDevice device) {
        return choose(device).map(Choice::group);
    }

    /** The device's group with its rule; empty if the device is held back. */
    public Optional<Choice> choose(MdmDevice device) {
        if (rules.isEmpty()) {
            return Optional.of(new Choice(CELONA_DEFAULT, NO_RULE));
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds(device)) {
                return Optional.of(choice(rules.get(i).group(), i));
            }
        }
        return takesUnmatched() ? Optional.of(choice(defaultGroup, NO_RULE)) : Optional.empty();
    }

    /** Whether devices that no rule matches join a group. */
    public boolean takesUnmatched() {
        return rules.isEmpty() || !HOLD.equalsIgnoreCase(defaultGroup.strip());
    }

    private static Choice choice(String group, int rule) {
        return new Choice(SafeText.clean(group, Integer.MAX_VALUE), rule);
    }
}
