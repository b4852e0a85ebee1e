package io.celonamdm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ledger.report.DeviceCounts.Reached;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.work.StepRig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A comparison that is half done is not told as done. */
class UnfinishedComparisonTests {
    private static final RunReport QUIET = new RunReport(
            3,
            Map.of(),
            3,
            0,
            new Reached(0, 0, 0, 0, 0, 0),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            0,
            0,
            Map.of("RENAMED", 1L),
            Map.of(),
            0,
            5);

    private final StepRig rig = new StepRig();
    private final Runs runs = rig.bean(Runs.class);
    private final Sync sync = rig.sync();

    private Run run(@Nullable Instant comparisonDueAt) {
        runs.open(sync.name(), Run.Cause.NIGHTLY, false, Duration.ofHours(2));
        long id = runs.open(sync.name()).orElseThrow().id();
        runs.pulled(id, 3, 3, 0, 3, true);
        runs.compares(id, comparisonDueAt);
        return runs.find(id).orElseThrow();
    }

    private Run closed(Run run) {
        runs.close(run.id(), Run.Outcome.UNFINISHED, null, null, QUIET);
        return runs.find(run.id()).orElseThrow();
    }

    @Test
    void theNightIsNotCalledASuccess() {
        assertThat(rig.bean(Outcomes.class).of(run(rig.now()), QUIET).outcome()).isEqualTo(Run.Outcome.UNFINISHED);
    }

    @Test
    void aNightWhoseComparisonIsOverIs() {
        assertThat(rig.bean(Outcomes.class).of(run(null), QUIET).outcome()).isEqualTo(Run.Outcome.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsReportSaysSoBesideTheDrift(boolean unfinished) {
        Run closed = closed(run(unfinished ? rig.now() : null));

        assertThat(Reports.text(closed, Run.Outcome.UNFINISHED, QUIET))
                .contains(
                        unfinished
                                ? "1 RENAMED, so far: the comparison of done devices is not finished\n"
                                : "1 RENAMED\n");
    }
}
