package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenIccidTests {
    private static final String ONE = "89105212033100003517";
    private static final String OTHER = "89105212033100003525";

    @Test
    void withoutAnyCelonaChooses() {
        assertThat(new GivenIccid("", List.of()).of(Devices.giving(null, Map.of())))
                .isEmpty();
        assertThat(new GivenIccid("attribute:ICCID", List.of()).of(Devices.giving(" ", Map.of("ICCID", " "))))
                .isEmpty();
    }

    @Test
    void theAttributeComesBeforeTheRecord() {
        GivenIccid given = new GivenIccid("attribute: Celona ICCID", List.of());

        assertThat(given.of(Devices.giving(ONE, Map.of("celona-iccid", "8910 5212 0331 0000 3525"))))
                .contains(new Iccid(OTHER));
        assertThat(given.of(Devices.giving(ONE, Map.of()))).contains(new Iccid(ONE));
        assertThat(new GivenIccid("", List.of()).of(Devices.giving(ONE, Map.of("celona-iccid", OTHER))))
                .contains(new Iccid(ONE));
    }

    @Test
    void whatIsNoIccidOfThePoolIsInvalid() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new GivenIccid("", List.of()).of(Devices.giving("8.9E+19", Map.of())))
                .withMessageStartingWith("given ICCID")
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.ICCID_INVALID);
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new GivenIccid("", List.of("8901")).of(Devices.giving(ONE, Map.of())))
                .withMessageContaining("starts with none of iccid-prefixes [8901]");
    }

    @Test
    void theSettingNamesAnAttribute() {
        assertThat(GivenIccid.problem("")).isEmpty();
        assertThat(GivenIccid.problem("attribute:ICCID")).isEmpty();
        assertThat(GivenIccid.problem("attribute:")).isPresent();
        assertThat(GivenIccid.problem("serial")).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new GivenIccid("serial", List.of()));
    }
}
