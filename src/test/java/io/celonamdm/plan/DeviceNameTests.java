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
                "Field phone#Field phone",
                "{eid:last6} {os}#901235 iOS",
                "{imei}/{category}/{group}#35882334083223/Pool/Drivers",
                "{attribute:site}#Basel CH",
                "{attribute:'Site':first5}#Basel",
                "{serial:last2}#2L",
                "{serial:last40}#F2L",
                "{name:upper:first3}#TOM",
                "{name:lower}#tom's iphone",
                "{name:trim}#Tom-s-iPhone",
                "{serial:digits}#2",
                "{user:digits|id}#17",
                "{attribute:Room|'no room'}#no room",
                "{attribute:Room|'it''s | none: here'}#it's | none: here"
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
    @ValueSource(strings = {"{nmae}", "{}", "{name|}", "{attribute:}", "{Name}", "{attribute}"})
    void unknownPlaceholdersAreRefusedWithTheKnownOnes(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceName(template, 64))
                .withMessageContaining("no placeholder {")
                .withMessageContaining("{name}, {serial}, {model}, {user}, {os}, {category}, {id}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{name", "name}", "{name} {", "{{name}}"})
    void unbalancedBracesAreRefused(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceName(template, 64))
                .withMessageContaining("brace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{serial:lst4}", "{serial:last0}", "{serial:}", "{serial:last4:Upper}"})
    void unknownFunctionsAreRefusedWithTheKnownOnes(String template) {
        assertThat(DeviceName.problems(template))
                .singleElement()
                .asString()
                .contains("has no function")
                .contains("upper, lower, trim, digits, lastN and firstN");
    }

    @Test
    void everyProblemOfATemplateIsNamed() {
        assertThat(DeviceName.problems("{nmae} {serial:lst4|usr} } {name|'x}")).hasSize(6);
        assertThat(DeviceName.problems("{name} {serial:last4|'x'}")).isEmpty();
    }

    @Test
    void aNameNeedsRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceName("{name}", 0));
    }
}
