package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.ClockSetBack;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.PushCall;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often a phone is told again that fails its commands in passing. */
@Tag(TestDatabase.POSTGRESQL)
class DownloadRetryTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync("celona.provision.max", "1h");

    @Test
    void commandsThatFailAreSentLessAndLessOftenAlthoughAnActivationIsTriedAfterEach() {
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        int commands = 0;
        for (Duration passed = Duration.ZERO; passed.compareTo(Duration.ofHours(24)) < 0; ) {
            commands++;
            settle(work, new PushOutcome.Sent(eid(work), "command-" + commands));
            passed = passed.plus(pass(Duration.ofSeconds(3)));
            Work activation = RIG.due(sync, Work.Kind.ACTIVATE);
            // refused: the phone has not downloaded its eSIM, so its command is asked for
            RIG.run(() -> RIG.bean(DeviceTransitions.class)
                    .retry(
                            activation.ids(),
                            Step.PUSH,
                            RIG.now().plusSeconds(30),
                            ReasonCode.NOT_PROVISIONED,
                            "not provisioned",
                            true));
            passed = passed.plus(pass(Duration.ofSeconds(30)));
            work = RIG.due(sync, Work.Kind.PUSH);
            settle(work, new PushOutcome.Again(eid(work), "its cellular stack is busy"));
            passed = passed.plus(pass(Duration.between(RIG.now(), RIG.dueAt(work))));
            work = RIG.due(sync, Work.Kind.PUSH);
        }
        assertThat(commands).isBetween(20, 40);
    }

    @Test
    void aClockThatWasSetBackSinceTheFirstCommandMakesThemNoMoreFrequent() {
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        settle(work, new PushOutcome.Sent(eid(work), "command"));
        pass(Duration.ofMinutes(50));

        pass(Duration.ofHours(-11));
        RIG.run(() -> RIG.bean(ClockSetBack.class).bringForward(sync.name(), Duration.ofHours(11)));
        Work activation = RIG.due(sync, Work.Kind.ACTIVATE);
        RIG.run(() -> RIG.bean(DownloadRetry.class)
                .again(sync, activation.devices().get(0), Step.PUSH, ReasonCode.COMMAND_FAILED, "busy", true));

        assertThat(Duration.between(RIG.now(), RIG.dueAt(activation))).isGreaterThan(Duration.ofMinutes(40));
        pass(Duration.ofHours(11));
    }

    private static String eid(Work work) {
        return work.devices().get(0).eid().value();
    }

    private static Duration pass(Duration time) {
        RIG.wait(time);
        return time;
    }

    private void settle(Work work, PushOutcome outcome) {
        PushCall call =
                new PushCall(1, Objects.requireNonNull(work.devices().get(0).smdp()), work.devices());
        RIG.run(() -> assertThat(
                        RIG.bean(PushVerdicts.class).settle(sync, call, Map.of(outcome.eid(), outcome), Map.of()))
                .isEmpty());
    }
}
