package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.esim.Imei;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimLockTests {

    private static final Imei IMEI = Imei.of("123456789012345");

    @Test
    void theImeiIsSentForImeiMappingOnly() {
        assertThat(new SimLock("Enabled", "IMEIMAPPING", IMEI).fields())
                .containsExactly("Enabled", "IMEIMAPPING", "123456789012345");
        assertThat(new SimLock("Enabled", "ONATTACH", IMEI).fields()).containsExactly("Enabled", "ONATTACH", "");
    }

    @Test
    void aLockThatIsNotEnabledHasNoPolicy() {
        assertThat(new SimLock("Disabled", "IMEIMAPPING", IMEI).fields()).containsExactly("Disabled", "", "");
        assertThat(new SimLock("", "ONATTACH", null).fields()).containsExactly("", "", "");
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled,''",
        "Enabled,onattach",
        "Enabled,EID",
        "enabled,ONATTACH",
        "On,ONATTACH",
        "Enabled,IMEIMAPPING"
    })
    void contradictionsAreRefused(String status, String policy) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new SimLock(status, policy, null))
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.SIMLOCK_INVALID);
    }
}
