package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;

/**
 * A record of an inventory that cannot be read. The device that it is about, if it is known, stays as it was.
 *
 * @param id the MDM's id of the record; empty if that cannot be read either
 * @param code why
 * @param detail the same in words, with what the record is known by
 */
public record BrokenRecord(String id, ReasonCode code, String detail) {}
