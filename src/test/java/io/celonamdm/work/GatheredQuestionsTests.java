package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DueDevices;
import io.celonamdm.ledger.device.DueDevices.Alike;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Commands are asked for together, although jitter spreads their times; they are sent at their time. */
@Tag(TestDatabase.POSTGRESQL)
class GatheredQuestionsTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync("mdm.platform", "intune");

    /** Devices whose step is due every second from now on. */
    private List<Long> dueEverySecond(Work.Kind kind, int devices) {
        List<Long> ids = RIG.work(sync, kind, devices).ids();
        for (int i = 0; i < devices; i++) {
            set(ids.get(i), RIG.now().plusSeconds(i), null);
        }
        return ids;
    }

    private static void set(long id, Instant due, @Nullable String code) {
        RIG.bean(JdbcClient.class)
                .sql("update device set place = 'WAITING', due_at = :due, code = :code where id = :id")
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("code", code)
                .param("id", id)
                .update();
    }

    private List<Long> taken(Step step, Duration within) {
        return RIG.in(
                () -> RIG
                        .bean(DueDevices.class)
                        .take(sync.name(), step, Alike.ADDRESS, RIG.now().plus(within), 100, null)
                        .stream()
                        .map(Device::id)
                        .toList());
    }

    @Test
    void questionsThatAreDueSoonJoinOneThatIsDueNow() {
        List<Long> ids = dueEverySecond(Work.Kind.CONFIRM, 12);

        assertThat(taken(Step.CONFIRM, Duration.ofSeconds(7))).containsExactlyElementsOf(ids.subList(0, 8));
        assertThat(taken(Step.CONFIRM, Duration.ofSeconds(7)))
                .as("none of the others is due by itself")
                .isEmpty();
    }

    /** Devices of one call that were asked in vain for different reasons, each with its own jitter. */
    @Test
    void theLongerTheyHaveWaitedTheSoonerTheyJoin() {
        List<Long> ids = RIG.work(sync, Work.Kind.CONFIRM, 12).ids();
        Duration wait = sync.confirm().after(8);
        for (int i = 0; i < 12; i++) {
            set(ids.get(i), RIG.now().plus(wait.multipliedBy(i).dividedBy(40)), null);
            tried(ids.get(i), i == 3 || i == 5 ? 1 : 8);
        }

        List<Work> works = RIG.in(() -> RIG.bean(DueWork.class).take(sync, Work.Kind.CONFIRM, null, 5));

        assertThat(works)
                .singleElement()
                .satisfies(work -> assertThat(work.ids())
                        .as("those whose own wait is shorter are due later")
                        .containsExactlyInAnyOrder(
                                ids.get(0),
                                ids.get(1),
                                ids.get(2),
                                ids.get(4),
                                ids.get(6),
                                ids.get(7),
                                ids.get(8),
                                ids.get(9),
                                ids.get(10)));
        assertThat(RIG.in(() -> RIG.bean(DueWork.class).take(sync, Work.Kind.CONFIRM, null, 5)))
                .isEmpty();
    }

    private static void tried(long id, int attempts) {
        RIG.bean(JdbcClient.class)
                .sql("update device set attempts = :attempts where id = :id")
                .param("attempts", attempts)
                .param("id", id)
                .update();
    }

    @Test
    void aVendorsRetryAfterIsTheEarliestTime() {
        List<Long> ids = dueEverySecond(Work.Kind.CONFIRM, 3);
        set(ids.get(1), RIG.now().plusSeconds(1), "THROTTLED");
        set(ids.get(0), RIG.now(), "THROTTLED");

        assertThat(taken(Step.CONFIRM, Duration.ofSeconds(7))).containsExactly(ids.get(0), ids.get(2));
    }

    @Test
    void aCommandIsSentAtItsTime() {
        List<Long> ids = dueEverySecond(Work.Kind.PUSH, 3);

        assertThat(taken(Step.PUSH, Duration.ofSeconds(7))).containsExactly(ids.get(0));
    }
}
