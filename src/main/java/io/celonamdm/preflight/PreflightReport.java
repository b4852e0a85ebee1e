package io.celonamdm.preflight;

import java.time.Instant;
import java.util.List;

/**
 * What a preflight of a sync found.
 *
 * @param sync the sync's name
 * @param at when it was made
 * @param result the worst result of its checks
 * @param findings what each check found, in the order in which they were made
 */
public record PreflightReport(String sync, Instant at, Result result, List<Finding> findings) {

    static PreflightReport of(String sync, Instant at, List<Finding> findings) {
        Result worst = findings.stream().map(Finding::result).reduce(Result.OK, Result::or);
        return new PreflightReport(sync, at, worst, List.copyOf(findings));
    }
}
