package io.celonamdm.plan;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * Puts devices that meet a condition into a Celona device group.
 *
 * @param when the condition
 * @param group name of the device group at Celona; it must exist there
 */
public record GroupRule(@NotNull @Valid When when, @NotBlank String group) {

    /**
     * The condition of a rule.
     *
     * @param mdmGroup name of a group that the device belongs to in the MDM
     */
    public record When(@NotBlank String mdmGroup) {}
}
