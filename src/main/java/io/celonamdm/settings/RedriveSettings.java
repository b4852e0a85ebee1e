package io.celonamdm.settings;

import io.celonamdm.esim.ReasonCode;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Dead letters that are redriven without being asked for, because a change outside may mend them.
 *
 * @param first how long after the failure a dead letter is redriven; each further wait doubles
 * @param max the longest wait
 * @param maxAge how long after the first failure a dead letter is left to a person
 * @param codes the reason codes that this is done for
 */
public record RedriveSettings(
        @DefaultValue("1h") @DurationMin(millis = 10) Duration first,
        @DefaultValue("24h") @DurationMin(millis = 10) Duration max,
        @DefaultValue("14d") @DurationMin(millis = 0) Duration maxAge,

        @DefaultValue({"DG_NOT_FOUND", "POLL_TIMEOUT", "RETRIES_EXHAUSTED"})
        List<@NotNull ReasonCode> codes) {}
