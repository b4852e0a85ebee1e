package io.celonamdm.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits that hold new devices back, and devices from counting as gone, when a pull looks wrong.
 *
 * @param maxNew how many new devices one plan may admit
 * @param maxNewPercent how many it may admit in percent of the devices known before; not applied to the first plan
 * @param minInventory how many devices a pull must bring
 * @param maxFallPercent how many percent fewer devices than the one before a pull must bring not to be believed at once; 100
 *     believes any
 */
public record GuardSettings(
        @DefaultValue("500") @PositiveOrZero int maxNew,
        @DefaultValue("20") @PositiveOrZero @Max(1_000_000) int maxNewPercent,
        @DefaultValue("1") @PositiveOrZero int minInventory,
        @DefaultValue("50") @Min(1) @Max(100) int maxFallPercent) {}
