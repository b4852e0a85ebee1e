package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.celonamdm.esim.Eid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTests {

    private static final Eid EID = Eid.of("89049032123451234512345678901235");

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{name}#Tom's iPhone",
                "{model} {serial}#iPhone SE F2L",
                "{user}/{id}#tom/17",
                "{attribute:Site} {name}#Basel CH Tom's iPhone",
                "{attribute:Cost centre|serial}#F2L",
                "{attribute:Site|serial}#Basel CH",
                "{ name | serial }#Tom's iPhone",
                "Field phone#Field phone"
            })
    void fillsTheTemplate(String template, String name) {
        assertThat(new DeviceName(template, 64).of(Devices.named("Tom's iPhone", "F2L"), EID))
                .isEqualTo(name);
    }

    @Test
    void aFieldThatShowsNothingGivesWayToItsFallback() {
        assertThat(new DeviceName("{name|serial}", 64).of(Devices.named(" \u200B,", "F2L"), EID))
                .isEqualTo("F2L");
    }

    @Test
    void anEmptyNameFallsBackToTheSerialNumberAndThenToTheEid() {
        DeviceName name = new DeviceName("{name}", 64);

        assertThat(name.of(Devices.named("", "F2L"), EID)).isEqualTo("F2L");
        assertThat(name.of(Devices.named("\"\"", "  "), EID)).isEqualTo("device-78901235");
    }

    @Test
    void theNameIsCleanAndCut() {
        assertThat(new DeviceName("={name}", 8).of(Devices.named("Tom, the \"boss\"", ""), EID))
                .isEqualTo("Tom the");
    }

    @Test
    void placeholdersInsideAValueAreNotFilled() {
        assertThat(new DeviceName("{name}", 64).of(Devices.named("{serial}", "F2L"), EID))
                .isEqualTo("{serial}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nmae}", "{}", "{name|}", "{attribute:}", "{Name}", "{eid}"})
    void unknownPlaceholdersAreRefusedWithTheKnownOnes(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceName(template, 64))
                .withMessageContaining("no placeholder {")
                .withMessageContaining("{name}, {serial}, {model}, {user}, {id}, {attribute:Key}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{name", "name}", "{name} {", "{{name}}"})
    void unbalancedBracesAreRefused(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceName(template, 64))
                .withMessageContaining("brace");
    }

    @Test
    void aNameNeedsRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceName("{name}", 0));
    }
}
