package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IccidTests {

    @ParameterizedTest
    @CsvSource({
        "8988211000000530082,8988211000000530082",
        "8988211000000530082F,8988211000000530082",
        "898821100000053008FF,898821100000053008",
        "8988211000000530082f,8988211000000530082",
        "' 8910 5212 0331 0000 3477 ',89105212033100003477",
        "90105212033100000244,90105212033100000244"
    })
    void isReadAsInventoriesSpellIt(String raw, String value) {
        assertThat(Iccid.of(raw).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "F", "89882110000005300", "891052120331000034772305", "8986F21000000530082", "SUCCESS"})
    void anythingElseIsRefused(String raw) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Iccid.of(raw))
                .withMessageContaining("18 to 20 digits")
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8988211000000530082",
                "89882110000005300811",
                "8949440000001155314",
                "8988211000000467343",
                "8949449999999990031",
                "89000123456789012341",
                "8944476500008878576",
                "89852351123040005012"
            })
    void isTheSameWithAndWithoutItsLuhnDigit(String published) {
        Iccid whole = Iccid.of(published);
        Iccid body = Iccid.of(published.substring(0, published.length() - 1));

        assertThat(whole.sameAs(body)).isTrue();
        assertThat(body.sameAs(whole)).isTrue();
        assertThat(whole.sameAs(whole)).isTrue();
    }

    @Test
    void isNotTheSameWithAnotherLastDigit() {
        Iccid sample = Iccid.of("89105212033100003477");

        assertThat(sample.sameAs(Iccid.of("8910521203310000347"))).isFalse();
        assertThat(sample.sameAs(Iccid.of("89105212033100003478"))).isFalse();
        assertThat(Iccid.of("8988211000000530081").sameAs(Iccid.of("898821100000053008")))
                .isFalse();
    }

    @Test
    void startsWithAnyPrefixOfThePool() {
        Iccid sample = Iccid.of("89105212033100003477");

        assertThat(sample.startsWithAny(List.of())).isTrue();
        assertThat(sample.startsWithAny(List.of("9010", "8910521"))).isTrue();
        assertThat(sample.startsWithAny(List.of("9010"))).isFalse();
    }

    @Test
    void shortenedShowsBothEnds() {
        assertThat(Iccid.of("89105212033100003477").shortened()).isEqualTo("89105212…3477");
    }
}
