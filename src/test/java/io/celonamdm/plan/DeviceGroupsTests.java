package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceGroupsTests {

    private static final List<GroupRule> RULES = List.of(rule("Drivers", "Field Crew"), rule(" Staff ", " Office "));

    @Test
    void withoutRulesEachDeviceGoesToCelonasDefaultGroup() {
        assertThat(new DeviceGroups(List.of(), "hold").of(Devices.in("Drivers")))
                .contains("");
    }

    @Test
    void theFirstRuleThatMatchesWins() {
        assertThat(new DeviceGroups(RULES, "hold").of(Devices.in("Staff", "Drivers")))
                .contains("Field Crew");
    }

    @Test
    void caseAndBlanksAtTheEndsDoNotMatter() {
        assertThat(new DeviceGroups(RULES, "hold").of(Devices.in(" dRIVERS "))).contains("Field Crew");
        assertThat(new DeviceGroups(RULES, "hold").of(Devices.in("STAFF"))).contains("Office");
        assertThat(new DeviceGroups(RULES, "hold").of(Devices.in("Drivers North")))
                .isEmpty();
    }

    @Test
    void anUnmatchedDeviceIsHeldUnlessADefaultGroupIsSet() {
        assertThat(new DeviceGroups(RULES, "hold").of(Devices.in("Guests"))).isEmpty();
        assertThat(new DeviceGroups(RULES, "Hold ").of(Devices.in())).isEmpty();
        assertThat(new DeviceGroups(RULES, "Others").of(Devices.in("Guests"))).contains("Others");
        assertThat(new DeviceGroups(RULES, "").of(Devices.in("Guests"))).contains("");
    }

    @Test
    void theGroupCannotBreakACsvRowAndIsNeverCut() {
        String longName = "Crew ".repeat(100).strip();

        assertThat(new DeviceGroups(List.of(rule("a", "Crew,\n\"North\"")), "hold").of(Devices.in("a")))
                .contains("Crew North");
        assertThat(new DeviceGroups(List.of(rule("a", longName)), "hold").of(Devices.in("a")))
                .contains(longName);
    }

    private static GroupRule rule(String mdmGroup, String group) {
        return new GroupRule(new When(mdmGroup, null, null, null, null, null, null, null), group);
    }
}
