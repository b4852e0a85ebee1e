package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is taken up of the due work, and for which run it counts. */
class DueWorkTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync();
    private final DueWork dueWork = RIG.bean(DueWork.class);

    @ParameterizedTest
    @EnumSource(names = {"ASSIGN", "AWAIT", "PUSH", "ACTIVATE", "CONFIRM"})
    void whatIsDueWhileAPlanIsMadeIsNotThePlans(Work.Kind kind) {
        Work earlier = RIG.work(sync, kind, 2);
        RIG.run(() -> dueWork.putBack(List.of(earlier)));

        assertThat(runsOfDue(kind, open(true))).isNotEmpty().containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASSIGN", "AWAIT", "PUSH", "ACTIVATE", "CONFIRM"})
    void whatIsDueDuringARunIsTheRuns(Work.Kind kind) {
        Work earlier = RIG.work(sync, kind, 2);
        RIG.run(() -> dueWork.putBack(List.of(earlier)));
        Run run = open(false);

        assertThat(runsOfDue(kind, run)).isNotEmpty().containsOnly(run.id());
    }

    /** An order of before the settings changed, or of another sync's that came along with the device. */
    @ParameterizedTest
    @EnumSource(names = {"ATTRIBUTE", "PROFILE"})
    void whatTheSettingsDoNotAskForIsNotWritten(Work.Kind kind) {
        List<Long> devices = RIG.work(sync, Work.Kind.PUSH, 1).ids();
        RIG.run(() -> RIG.bean(FollowUps.class).add(sync.name(), devices, Objects.requireNonNull(kind.followUp())));

        assertThat(RIG.in(() -> dueWork.take(sync, kind, null, 5))).isEmpty();
        assertThat(RIG.in(() -> RIG.bean(DueWorkPolicy.class).next(sync, Optional.empty())))
                .isEmpty();
    }

    private Run open(boolean planOnly) {
        return RIG.in(() -> {
            Runs runs = RIG.bean(Runs.class);
            runs.open(sync.name(), Run.Cause.ON_DEMAND, planOnly, Duration.ofHours(2));
            return runs.open(sync.name()).orElseThrow();
        });
    }

    private List<@Nullable Long> runsOfDue(Work.Kind kind, Run run) {
        return RIG.in(() -> dueWork.take(sync, kind, run, 5)).stream()
                .<@Nullable Long>map(Work::run)
                .toList();
    }
}
