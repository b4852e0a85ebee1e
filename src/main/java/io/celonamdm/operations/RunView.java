package io.celonamdm.operations;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.sync.RunReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run with its counts.
 *
 * @param id the run's id
 * @param sync the sync's name
 * @param cause what opened it
 * @param planOnly whether it ends after the plan
 * @param openedAt when it was opened
 * @param closedAt when it was closed
 * @param pull the state of its pull
 * @param outcome how it ended
 * @param code why it did not end well
 * @param reason the same in words
 * @param report its counts; current ones for an open run
 */
public record RunView(
        long id,
        String sync,
        Run.Cause cause,
        boolean planOnly,
        Instant openedAt,
        @Nullable Instant closedAt,
        Run.PullState pull,
        Run.@Nullable Outcome outcome,
        @Nullable String code,
        @Nullable String reason,
        RunReport report) {}
