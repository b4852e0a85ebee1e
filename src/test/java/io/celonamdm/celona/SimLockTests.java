package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.celona.SimLock.ImeiWith;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimLockTests {

    private static final String IMEI = "123456789012345";

    @ParameterizedTest
    @CsvSource({
        "IMEIMAPPING, IMEIMAPPING, 123456789012345",
        "IMEIMAPPING, ONATTACH, ''",
        "ONATTACH, ONATTACH, 123456789012345",
        "ONATTACH, IMEIMAPPING, ''"
    })
    void theImeiGoesWithThePolicyOfTheSetting(ImeiWith reading, String policy, String sent) {
        assertThat(SimLock.of("Enabled", policy, IMEI, reading).fields()).containsExactly("Enabled", policy, sent);
    }

    @ParameterizedTest
    @EnumSource
    void aNeededImeiIsNotLeftOut(ImeiWith reading) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> SimLock.of("Enabled", reading.name(), null, reading))
                .withMessage("SIM lock: %s needs the device's IMEI, which the inventory does not show", reading)
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.SIMLOCK_INVALID);
        assertThat(SimLock.of("Disabled", reading.name(), null, reading).fields())
                .containsExactly("Disabled", "", "");
    }

    @Test
    void aLockThatIsNotEnabledHasNoPolicy() {
        assertThat(SimLock.of("Disabled", "IMEIMAPPING", IMEI, ImeiWith.IMEIMAPPING)
                        .fields())
                .containsExactly("Disabled", "", "");
        assertThat(new SimLock("", "ONATTACH", null).fields()).containsExactly("", "", "");
    }

    @ParameterizedTest
    @CsvSource({"Enabled,''", "Enabled,onattach", "Enabled,EID", "enabled,ONATTACH", "On,ONATTACH"})
    void contradictionsAreRefused(String status, String policy) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new SimLock(status, policy, null))
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.SIMLOCK_INVALID);
    }
}
