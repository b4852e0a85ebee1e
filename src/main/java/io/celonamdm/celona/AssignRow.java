package io.celonamdm.celona;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import org.jspecify.annotations.Nullable;

/**
 * A device to be assigned an eSIM.
 *
 * @param eid the device's eSIM chip
 * @param name the device's name at Celona
 * @param iccid the requested eSIM; null lets Celona choose the next one
 */
public record AssignRow(Eid eid, String name, @Nullable Iccid iccid) {}
