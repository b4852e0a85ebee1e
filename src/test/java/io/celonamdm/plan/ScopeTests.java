package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTests {
    private static final Eid EID = Eid.of("89049032123451234512345678901235");
    private static final MdmDevice DEVICE = Devices.named("Tom's iPhone", "f2l-x1");

    @Test
    void anOpenScopeLeavesNobodyOut() {
        Scope open = new Scope(List.of(), List.of(), List.of());

        assertThat(open.isOpen()).isTrue();
        assertThat(open.leavesOut(DEVICE, EID)).isEmpty();
    }

    @Test
    void oneConditionOfIncludeIsEnough() {
        assertThat(new Scope(List.of(named("x"), named("tom*")), List.of(), List.of()).leavesOut(DEVICE, EID))
                .isEmpty();
        assertThat(new Scope(List.of(named("x")), List.of(), List.of()).leavesOut(DEVICE, EID))
                .contains("no condition of scope.include matches");
    }

    @Test
    void excludeWinsOverInclude() {
        Scope scope = new Scope(List.of(named("tom*")), List.of(named("x"), named("*phone")), List.of());

        assertThat(scope.isOpen()).isFalse();
        assertThat(scope.leavesOut(DEVICE, EID)).contains("scope.exclude[1] matches");
    }

    @Test
    void devicesAreExcludedByEidAndBySerialNumber() {
        assertThat(excluding("8904 9032 1234 5123 4512 3456 7890 1235").leavesOut(DEVICE, EID))
                .contains("its EID is in the exclusion list of scope");
        assertThat(excluding("F2LX1").leavesOut(DEVICE, EID))
                .contains("its serial number is in the exclusion list of scope");
        assertThat(excluding("F2LX2").leavesOut(DEVICE, EID)).isEmpty();
    }

    @Test
    void aDeviceWithoutSerialNumberIsNotExcludedByAnyId() {
        assertThat(excluding("F2LX1").leavesOut(Devices.named("x", ""), EID)).isEmpty();
    }

    private static Scope excluding(String id) {
        return new Scope(List.of(), List.of(), List.of(id));
    }

    private static When named(String pattern) {
        return new When(null, null, pattern, null, null, null, null, null);
    }
}
