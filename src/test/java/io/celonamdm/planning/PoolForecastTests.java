package io.celonamdm.planning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A forecast in words. */
class PoolForecastTests {
    @ParameterizedTest
    @CsvSource({
        "9, 14, '9 eSIMs left, 14 wanted', true",
        "1, 1, '1 eSIM left, 1 wanted', false",
        "0, 0, '0 eSIMs left, 0 wanted', false",
        "0, 1, '0 eSIMs left, 1 wanted', true"
    })
    void itSaysWhatIsLeftAndWhatIsWanted(long left, long wanted, String words, boolean isShort) {
        PoolForecast forecast = new PoolForecast(200, left, wanted);

        assertThat(forecast.words()).isEqualTo(words);
        assertThat(forecast.isShort()).isEqualTo(isShort);
    }
}
