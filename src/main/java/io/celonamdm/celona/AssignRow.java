package io.celonamdm.celona;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import org.jspecify.annotations.Nullable;

/**
 * A device that is to get an eSIM.
 *
 * @param eid the device's eSIM chip
 * @param name the device's name at Celona
 * @param iccid the eSIM that the device is to get; null lets Celona choose the next one
 */
public record AssignRow(Eid eid, String name, @Nullable Iccid iccid) {}
