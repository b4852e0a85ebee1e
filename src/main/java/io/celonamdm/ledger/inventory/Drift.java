package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import java.time.Instant;

/**
 * A present difference between a device's MDM record and what was sent.
 *
 * @param sync the sync's name
 * @param eid the eSIM chip
 * @param code the kind of drift
 * @param detail what was sent, and what the latest complete pull shows
 * @param firstRun the run whose plan first found it
 * @param since when that was
 */
public record Drift(SyncName sync, Eid eid, ReasonCode code, String detail, long firstRun, Instant since) {}
