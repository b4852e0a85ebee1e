package io.celonamdm.plan;

import io.celonamdm.platform.MdmDevice;
import java.util.List;
import java.util.Optional;

/** Decides which Celona device group a device joins. */
public final class DeviceGroups {

    /** The default group that holds unmatched devices back; written in any case. */
    public static final String HOLD = "hold";

    private static final String CELONA_DEFAULT = "";

    private final List<GroupRule> rules;
    private final String defaultGroup;

    /**
     * @param rules the rules, the first that matches wins
     * @param defaultGroup the group of a device that no rule matches: {@value #HOLD} holds it back, empty is Celona's
     *     default group; without meaning where there are no rules
     */
    public DeviceGroups(List<GroupRule> rules, String defaultGroup) {
        this.rules = List.copyOf(rules);
        this.defaultGroup = defaultGroup;
    }

    /**
     * The device's group. Names of MDM groups are compared without case and without blanks at their ends.
     *
     * @return the group's name as {@link SafeText} cleaned it, never cut, empty for Celona's default group; or nothing
     *     if the device is held back because there are rules and none matches
     */
    public Optional<String> of(MdmDevice device) {
        if (rules.isEmpty()) {
            return Optional.of(CELONA_DEFAULT);
        }
        return rules.stream()
                .filter(rule -> isMember(device, rule.when().mdmGroup().strip()))
                .map(GroupRule::group)
                .findFirst()
                .or(this::unmatched)
                .map(group -> SafeText.clean(group, Integer.MAX_VALUE));
    }

    private Optional<String> unmatched() {
        return HOLD.equalsIgnoreCase(defaultGroup.strip()) ? Optional.empty() : Optional.of(defaultGroup);
    }

    private static boolean isMember(MdmDevice device, String mdmGroup) {
        return device.groups().stream().anyMatch(group -> group.strip().equalsIgnoreCase(mdmGroup));
    }
}
