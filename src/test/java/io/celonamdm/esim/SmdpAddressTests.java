package io.celonamdm.esim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmdpAddressTests {

    private static final String HOST = "sm-v4-072-d-gtm.pr.go-esim.com";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://" + HOST,
                "https://" + HOST + "/",
                "  https://" + HOST + " \n",
                "https://" + HOST + ":443",
                "https://" + HOST + ":443/",
                "HTTPS://SM-V4-072-D-GTM.PR.GO-ESIM.COM",
                HOST
            })
    void isReadAsCelonaMaySpellIt(String serverUrl) {
        assertThat(SmdpAddress.of(serverUrl).host()).isEqualTo(HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "http://" + HOST,
                "ftp://" + HOST,
                "https:" + HOST,
                "https://user@" + HOST,
                "https://" + HOST + "@evil.example",
                "https://" + HOST + ":8443",
                "https://" + HOST + "/path",
                "https://" + HOST + "//",
                "https://" + HOST + "?query",
                "https://" + HOST + "#fragment",
                "https://" + HOST + ".",
                "https://https://" + HOST,
                "https://localhost",
                "https://10.0.0.1",
                "https://[::1]",
                "https://-sm.go-esim.com",
                "https://sm_v4.go-esim.com",
                "https://sm..go-esim.com",
                "https://gо-esim.com",
                HOST + "$"
            })
    void anyOtherAddressIsRefused(String serverUrl) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> SmdpAddress.of(serverUrl))
                .extracting(InvalidValue::code)
                .isEqualTo(ReasonCode.SMDP_NOT_ALLOWED);
    }

    @Test
    void aHostIsAtMost253CharactersLong() {
        String labels = "a".repeat(60) + ".";

        assertThat(SmdpAddress.of(labels.repeat(4) + "example").host()).hasSize(251);
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> SmdpAddress.of(labels.repeat(4) + "example.com"));
    }

    @Test
    void hasTheFormsThatDevicesTake() {
        SmdpAddress address = SmdpAddress.of(HOST);

        assertThat(address.url()).isEqualTo("https://" + HOST);
        assertThat(address.activationCode()).isEqualTo("LPA:1$" + HOST + "$");
    }

    @ParameterizedTest
    @CsvSource({
        "*.go-esim.com,true",
        "*.GO-ESIM.com,true",
        "*.pr.go-esim.com,true",
        HOST + ",true",
        "go-esim.com,false",
        "*.esim.com,false",
        "*." + HOST + ",false",
        "*,false",
        "*.,false",
        "'',false"
    })
    void isAllowedByExactHostsAndSuffixes(String allowed, boolean expected) {
        assertThat(SmdpAddress.of(HOST).allowedBy(List.of("other.example", allowed)))
                .isEqualTo(expected);
    }

    @Test
    void aLookalikeOfTheSuffixIsNotAllowed() {
        assertThat(SmdpAddress.of("evil-go-esim.com").allowedBy(List.of("*.go-esim.com")))
                .isFalse();
        assertThat(SmdpAddress.of("go-esim.com.evil.example").allowedBy(List.of("*.go-esim.com")))
                .isFalse();
        assertThat(SmdpAddress.of(HOST).allowedBy(List.of())).isFalse();
    }
}
