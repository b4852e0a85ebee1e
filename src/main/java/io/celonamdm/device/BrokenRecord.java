package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;

/**
 * An unreadable inventory record. A known device that it belongs to stays unchanged.
 *
 * @param id the MDM's id of the record; empty if unreadable
 * @param code why
 * @param detail the reason in words, with what identifies the record
 */
public record BrokenRecord(String id, ReasonCode code, String detail) {}
