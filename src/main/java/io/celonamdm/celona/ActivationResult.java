package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;

/**
 * The result of activation-from-file for one eSIM that was sent.
 *
 * @param iccid the eSIM as it was sent
 * @param activation its activation
 * @param name the naming of the device; not asked for if the name is empty or the op code does not activate
 * @param group the assignment to a group; not asked for if the op code does not group, or if an activation leaves the
 *     device in Celona's default group without saying so
 */
public record ActivationResult(Iccid iccid, Part activation, Part name, Part group) {}
