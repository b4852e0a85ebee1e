package io.celonamdm.work.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Fault;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.Call;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a failed call is made again, and how often. */
class RetrySchedulerTests {
    private static final StepRig RIG = new StepRig();

    private static Exception throttled(@Nullable Instant again) {
        return new KnownFailure(new Failure(Kind.TRANSIENT, ReasonCode.THROTTLED, "slow down", again));
    }

    @Test
    void eachWaitIsTwiceTheOneBeforeUpToTheLongest() {
        Sync sync = RIG.sync("retry.first", "10s", "retry.max", "30s");
        Work work = RIG.work(sync, Work.Kind.AWAIT, 1);

        // the rig's jitter takes a fifth off
        for (long seconds : new long[] {8, 16, 24, 24}) {
            RIG.fail(work, null, throttled(null));
            assertThat(RIG.dueAt(work)).isEqualTo(RIG.now().plusSeconds(seconds));
            RIG.wait(Duration.ofSeconds(seconds));
            work = RIG.due(sync, Work.Kind.AWAIT);
        }
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT8S", "PT90S, PT90S"})
    void theVendorMayAskForMoreTimeAndNotForLess(Duration asked, Duration expected) {
        Work work = RIG.work(RIG.sync("retry.first", "10s"), Work.Kind.ACTIVATE, 1);
        Call call = RIG.intended(work);

        RIG.fail(work, call, throttled(RIG.now().plus(asked)));

        assertThat(RIG.dueAt(work)).isEqualTo(RIG.now().plus(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, DEAD AWAIT RETRIES_EXHAUSTED",
        "LEDGER, WAITING AWAIT LEDGER_UNAVAILABLE",
        "CALLED_OFF, WAITING AWAIT CALLED_OFF"
    })
    void aCallIsMadeSoOftenAsTheSettingSaysUnlessItWasNotAttempted(Fault fault, String expected) {
        Sync sync = RIG.sync("retry.attempts", "3");
        Work work = RIG.work(sync, Work.Kind.AWAIT, 1);
        for (int i = 0; i < 2; i++) {
            RIG.fail(work, null, fault.at(Work.Kind.AWAIT));
            assertThat(RIG.whereAre(work)).allMatch(place -> place.startsWith("WAITING"));
            RIG.wait(Duration.ofHours(1));
            work = RIG.due(sync, Work.Kind.AWAIT);
        }

        RIG.fail(work, null, fault.at(Work.Kind.AWAIT));

        assertThat(RIG.whereAre(work)).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Work.Kind.class,
            names = {"AWAIT", "CONFIRM"})
    void aQuestionIsAskedUntilTheVendorItselfAnswers(Work.Kind step) {
        Work work = RIG.work(RIG.sync("retry.attempts", "1"), step, 1);

        RIG.fail(work, null, Fault.GATEWAY.at(step));

        assertThat(RIG.whereAre(work)).containsExactly("WAITING " + step + " NOT_THE_VENDOR");
    }

    @Test
    void aPushIsNotMadeForEver() {
        Work work = RIG.work(RIG.sync("retry.attempts", "1"), Work.Kind.PUSH, 1);

        RIG.fail(work, RIG.intended(work), Fault.GATEWAY.at(Work.Kind.PUSH));

        assertThat(RIG.whereAre(work)).containsExactly("DEAD PUSH RETRIES_EXHAUSTED");
    }

    @Test
    void devicesOfAStoppedSyncWaitForItsProbe() {
        Sync sync = RIG.sync();
        Work first = RIG.work(sync, Work.Kind.PUSH, 1);
        Work second = RIG.work(sync, Work.Kind.ACTIVATE, 1);

        RIG.fail(first, RIG.intended(first), Fault.BAD_CREDENTIALS.at(Work.Kind.PUSH));
        RIG.wait(Duration.ofSeconds(10));
        RIG.fail(second, RIG.intended(second), Fault.FORBIDDEN.at(Work.Kind.ACTIVATE));

        assertThat(RIG.quarantineOf(sync)).as("the first to fail").isEqualTo("BAD_CREDENTIALS");
        assertThat(RIG.dueAt(second)).isEqualTo(RIG.dueAt(first));
    }
}
