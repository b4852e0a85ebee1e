package io.celonamdm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.ledger.run.Looks;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What follows from the calls of an MDM's webhook. */
class LookControlTests {
    private static final Sync SYNC = Sync.of(
            ControlRig.SYNC,
            new Binder(new MapConfigurationPropertySource(Map.of(
                            "sync.schedule", "0 30 4 * * ?", "sync.mdm.platform", "jamf", "sync.between", "15m")))
                    .bind("sync", SyncSettings.class)
                    .get());

    @AutoClose
    private final ControlRig rig = new ControlRig();

    private final Looks looks = rig.get(Looks.class);
    private final LookControl control =
            new LookControl(looks, rig.get(SyncTrigger.class), Clock.fixed(ControlRig.NOW, ZoneOffset.UTC));

    LookControlTests() throws Exception {}

    @BeforeEach
    void haveASyncThatLooks() {
        rig.jdbc()
                .sql("insert into sync (name, schedule, time_zone) values (:name, '', 'UTC')")
                .param("name", ControlRig.SYNC)
                .update();
        looks.begin(SYNC.name(), ControlRig.NOW.plus(Duration.ofMinutes(15)));
    }

    private Instant due() {
        return Objects.requireNonNull(looks.find(SYNC.name()).orElseThrow().dueAt());
    }

    @Test
    void theFirstCallMakesALookDueNow() {
        control.soon(SYNC);

        assertThat(due()).isEqualTo(ControlRig.NOW);
        assertThat(rig.isDueTriggerSet()).isTrue();
    }

    @Test
    void furtherCallsChangeNothing() {
        control.soon(SYNC);
        rig.isDueTriggerSet();

        for (int i = 0; i < 100; i++) {
            control.soon(SYNC);
        }

        assertThat(rig.isDueTriggerSet()).isFalse();
    }

    @Test
    void theNextLookBeginsAMinuteAfterTheLastOne() {
        control.soon(SYNC);
        assertThat(looks.take(SYNC.name(), ControlRig.NOW.plus(Duration.ofMinutes(15))))
                .isTrue();

        control.soon(SYNC);
        control.soon(SYNC);

        assertThat(due()).isEqualTo(ControlRig.NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void aLookThatIsDueEarlierStaysAsItIs() {
        looks.begin(SYNC.name(), ControlRig.NOW.minusSeconds(5));

        control.soon(SYNC);

        assertThat(due()).isEqualTo(ControlRig.NOW.minusSeconds(5));
    }

    @Test
    void aSyncWithoutLooksRefuses() {
        assertThatThrownBy(() -> control.soon(rig.sync()))
                .isInstanceOf(RequestRejected.class)
                .hasMessageContaining("between is not set");
    }
}
