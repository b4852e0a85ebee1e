package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.plan.When.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTests {
    private static final MdmDevice DEVICE = Devices.named("Tom's iPhone", "F2LX1234");

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "tom's iphone#true",
                "Tom's#false",
                "Tom's*#true",
                "*iphone#true",
                "*PHO*#true",
                "Tom?s iPhone#true",
                "Tom?s#false",
                "*#true",
                "T.m's iPhone#false",
                "/iPhone$/#true",
                "/^iphone/#false",
                "/T.m.s/#true",
                " Tom's iPhone #true"
            })
    void aPatternIsTheWholeTextOrARegularExpression(String pattern, boolean holds) {
        assertThat(new Condition(named(pattern)).holds(DEVICE)).isEqualTo(holds);
    }

    @Test
    void everythingThatIsNamedMustHold() {
        Map<String, String> basel = Map.of("site", "basel*");
        assertThat(holds(new When("staff", "pool", "Tom*", "F2L*", "t?m", "iPhone*", "iOS", basel)))
                .isTrue();
        assertThat(holds(new When("guests", "pool", "Tom*", "F2L*", "t?m", "iPhone*", "iOS", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "x", "Tom*", "F2L*", "t?m", "iPhone*", "iOS", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "pool", "x", "F2L*", "t?m", "iPhone*", "iOS", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "pool", "Tom*", "x", "t?m", "iPhone*", "iOS", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "pool", "Tom*", "F2L*", "x", "iPhone*", "iOS", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "pool", "Tom*", "F2L*", "t?m", "x", "iOS", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "pool", "Tom*", "F2L*", "t?m", "iPhone*", "x", basel)))
                .isFalse();
        assertThat(holds(new When("staff", "pool", "Tom*", "F2L*", "t?m", "iPhone*", "iOS", Map.of("Site", "x"))))
                .isFalse();
    }

    @Test
    void anAttributeThatIsMissingIsEmpty() {
        assertThat(holds(new When(null, null, null, null, null, null, null, Map.of("Room", "/^$/"))))
                .isTrue();
        assertThat(holds(new When(null, null, null, null, null, null, null, Map.of("Room", "?*"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "//", "/x", "/(/"})
    void aPatternThatCannotBeReadIsAFault(String pattern) {
        assertThat(named(pattern).faults())
                .singleElement()
                .extracting(Fault::key)
                .isEqualTo("name");
        assertThatIllegalArgumentException().isThrownBy(() -> new Condition(named(pattern)));
    }

    @Test
    void everyFaultIsNamed() {
        assertThat(new When("", null, "/(/", null, null, null, null, Map.of("Site", "")).faults())
                .extracting(Fault::key, Fault::attribute)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("mdm-group", ""),
                        org.assertj.core.groups.Tuple.tuple("name", ""),
                        org.assertj.core.groups.Tuple.tuple("attribute", "Site"));
        assertThat(new When(null, null, null, null, null, null, null, null).faults())
                .singleElement()
                .extracting(Fault::text)
                .asString()
                .contains("names no condition");
    }

    private static boolean holds(When when) {
        return new Condition(when).holds(DEVICE);
    }

    private static When named(String pattern) {
        return new When(null, null, pattern, null, null, null, null, null);
    }
}
