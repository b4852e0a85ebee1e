package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a quarantined sync does at its probe, and which answers end the quarantine. */
class QuarantinesTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync();
    private final Quarantines quarantines = RIG.bean(Quarantines.class);
    private final DueWorkPolicy policy = RIG.bean(DueWorkPolicy.class);

    @Test
    void aRefusedKeyOfCelonaIsNotMendedByAnAnswerOfTheMdm() {
        opened(Origin.ASSIGN);

        answered(Origin.INVENTORY);
        answered(Origin.PUSH);
        assertThat(RIG.quarantineOf(sync)).isEqualTo("FORBIDDEN");

        answered(Origin.ASSIGN);
        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
    }

    @Test
    void onlyWorkOfTheStepThatFailedIsTheProbe() {
        Work push = RIG.work(sync, Work.Kind.PUSH, 1);
        RIG.run(() -> RIG.bean(DueWork.class).putBack(List.of(push)));
        opened(Origin.ASSIGN);

        assertThat(kinds()).as("due, but no probe").isEmpty();
        assertThat(policy.nextCall(sync, Optional.empty())).isEmpty();
        assertThat(policy.next(sync, Optional.empty())).as("for people").isPresent();

        Work assign = RIG.work(sync, Work.Kind.ASSIGN, 1);
        RIG.run(() -> RIG.bean(DueWork.class).putBack(List.of(assign)));

        assertThat(kinds()).containsExactly(Work.Kind.ASSIGN);
        assertThat(policy.nextCall(sync, Optional.empty())).isPresent();
    }

    @Test
    void whatFailsWhileTheProbeIsAwaitedMustBeAnsweredToo() {
        Instant first = RIG.in(() -> quarantines.open(sync, Origin.ASSIGN, ReasonCode.FORBIDDEN, "why"));
        Instant second = RIG.in(() -> quarantines.open(sync, Origin.INVENTORY, ReasonCode.BAD_CREDENTIALS, "why"));
        assertThat(second).isEqualTo(first);
        RIG.wait(Duration.ofMinutes(6));

        answered(Origin.ASSIGN);
        assertThat(RIG.quarantineOf(sync)).isEqualTo("FORBIDDEN");
        answered(Origin.INVENTORY);
        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
    }

    @Test
    void aPreflightInOrderEndsItWhateverFailed() {
        opened(Origin.ACTIVATE);

        RIG.run(() -> quarantines.inOrder(sync));
        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerEndsItBeforeItsProbeIsDue(Origin origin) {
        RIG.in(() -> quarantines.open(sync, origin, ReasonCode.FORBIDDEN, "why"));

        answered(origin);
        assertThat(RIG.quarantineOf(sync)).isEqualTo("FORBIDDEN");
    }

    private void opened(Origin origin) {
        RIG.in(() -> quarantines.open(sync, origin, ReasonCode.FORBIDDEN, "why"));
        RIG.wait(Duration.ofMinutes(6));
    }

    private void answered(Origin origin) {
        RIG.run(() -> quarantines.answered(sync, origin));
    }

    private List<Work.Kind> kinds() {
        return policy.allowed(sync).kinds();
    }
}
