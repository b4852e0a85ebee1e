package io.celonamdm.settings;

import io.celonamdm.plan.When;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Puts devices that meet a condition into a Celona device group.
 *
 * @param when the condition
 * @param group name of the device group at Celona; it must exist there
 * @param simLock SIM lock of these devices; null leaves it to the sync's
 */
public record DeviceGroupSettings(
        @NotNull(message = "missing: the condition, such as { mdm-group: Drivers }")
        When when,

        @NotBlank(message = "missing: the device group at Celona")
        String group,

        @Valid @Nullable SimLockSettings simLock) {}
