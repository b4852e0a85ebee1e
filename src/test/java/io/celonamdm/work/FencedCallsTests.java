package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Right before a call that writes, what people have decided meanwhile counts. */
class FencedCallsTests {
    private final StepRig rig = new StepRig();
    private final FencedCalls calls = rig.bean(FencedCalls.class);
    private final SyncStates states = rig.bean(SyncStates.class);

    @AfterEach
    void end() {
        rig.bean(CallScopes.class).leave();
    }

    private Sync working(Purpose purpose, String... settings) {
        Sync sync = rig.sync(settings);
        rig.bean(Syncs.class).replace(Map.of(sync.name().value(), sync));
        rig.bean(CallScopes.class).enter(sync.name(), purpose);
        return sync;
    }

    private void isCalledOff() {
        KnownFailure failure = catchThrowableOfType(KnownFailure.class, calls::check);
        assertThat(failure).as("the call is not made").isNotNull();
        assertThat(failure.failure().kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.failure().code()).isEqualTo(ReasonCode.CALLED_OFF);
    }

    @ParameterizedTest
    @EnumSource
    void aSyncThatIsStoppedInTheMiddleOfAStepWritesNothingMore(Stop.Kind kind) {
        Sync sync = working(Purpose.WORK);
        assertThatCode(calls::check).doesNotThrowAnyException();

        states.stop(sync.name(), kind, "a test");
        isCalledOff();

        states.resume(sync.name());
        assertThatCode(calls::check).doesNotThrowAnyException();
    }

    @Test
    void settingsThatStopASyncCountAtOnce() {
        Sync sync = working(Purpose.WORK);
        Sync paused = Sync.of(sync.name().value(), rig.sync("paused", "true").settings());
        rig.bean(Syncs.class).replace(Map.of(sync.name().value(), paused));
        isCalledOff();

        rig.bean(Syncs.class).replace(Map.of());
        isCalledOff();
    }

    @Test
    void theCallsOfAPullGoOn() {
        Sync sync = working(Purpose.PULL);

        states.stop(sync.name(), Stop.Kind.PAUSED, "a test");

        assertThatCode(calls::check).doesNotThrowAnyException();
    }
}
