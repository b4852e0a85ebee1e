package io.celonamdm.plan;

/**
 * Puts devices that meet a condition into a Celona device group.
 *
 * @param when the condition
 * @param group name of the device group at Celona; it must exist there
 */
public record GroupRule(When when, String group) {}
