package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.ReasonCode;
import java.time.Instant;

/**
 * Something of a device that is otherwise than it was sent, as long as it is.
 *
 * @param sync the sync's name
 * @param eid the eSIM chip
 * @param code what it is
 * @param detail what was sent, and what the latest complete pull shows
 * @param firstRun the run whose plan found it first
 * @param since when that was
 */
public record Drift(String sync, String eid, ReasonCode code, String detail, long firstRun, Instant since) {}
