package io.celonamdm.preflight;

import io.celonamdm.esim.SyncName;
import java.time.Instant;
import java.util.List;

/**
 * The report of a sync's preflight.
 *
 * @param sync the sync's name
 * @param at its time
 * @param result the worst result of its checks
 * @param findings the findings, in the order of the checks
 */
public record PreflightReport(SyncName sync, Instant at, Result result, List<Finding> findings) {

    static PreflightReport of(SyncName sync, Instant at, List<Finding> findings) {
        Result worst = findings.stream().map(Finding::result).reduce(Result.OK, Result::or);
        return new PreflightReport(sync, at, worst, List.copyOf(findings));
    }
}
