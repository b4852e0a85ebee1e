package io.celonamdm.settings;

import java.time.Duration;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A growing wait.
 *
 * @param first the first wait; each further one doubles
 * @param max the longest wait
 * @param attempts how often a call is made before its devices become dead letters
 */
public record BackOffSettings(
        @DefaultValue("10s") @DurationMin(millis = 10) Duration first,
        @DefaultValue("15m") @DurationMin(millis = 10) Duration max,
        @DefaultValue("100") @Range(min = 1, max = 100_000) int attempts) {}
