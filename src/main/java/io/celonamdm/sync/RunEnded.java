package io.celonamdm.sync;

import io.celonamdm.ledger.run.Run;
import java.time.Instant;

/**
 * A run was closed.
 *
 * @param run the run, as it was while it was open
 * @param outcome how it ended
 * @param at when
 */
public record RunEnded(Run run, Run.Outcome outcome, Instant at) {}
