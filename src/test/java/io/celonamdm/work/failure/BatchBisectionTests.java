package io.celonamdm.work.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.celona.Refused;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.AssignCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that Celona refuses as a whole, because of a row, the account, or no row at all. */
class BatchBisectionTests {
    private static final StepRig RIG = new StepRig();

    /** Makes the calls that are due, of which Celona refuses some, until the sync stops or none is due; returns their sizes. */
    private static List<Integer> send(Sync sync, Work first, Predicate<Work> refused, String reason) {
        List<Integer> sizes = new ArrayList<>();
        Work work = first;
        while (!work.devices().isEmpty()) {
            AssignCall call = Objects.requireNonNull((AssignCall) RIG.intended(work));
            sizes.add(call.devices().size());
            if (refused.test(work)) {
                RIG.fail(work, call, new Refused(422, reason));
            } else {
                RIG.accept(work, call);
            }
            RIG.wait(Duration.ofMillis(1));
            work = "-".equals(RIG.quarantineOf(sync))
                    ? RIG.due(sync, Work.Kind.ASSIGN)
                    : new Work(sync, Work.Kind.ASSIGN, List.of(), null);
        }
        return sizes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void theRowThatIsRefusedIsFoundAndTheOthersGoOn(int bad) {
        Sync sync = RIG.sync();
        Work batch = RIG.work(sync, Work.Kind.ASSIGN, 8);
        long culprit = batch.ids().get(bad);

        List<Integer> sizes = send(sync, batch, work -> work.ids().contains(culprit), "row not acceptable");

        assertThat(sizes.get(0)).isEqualTo(8);
        assertThat(sizes.size()).isLessThanOrEqualTo(1 + BatchBisection.mostCalls(8));
        List<String> places = RIG.whereAre(batch);
        assertThat(places.get(bad)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
        assertThat(places).filteredOn(place -> place.equals("WAITING AWAIT")).hasSize(7);
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void noRowIsToBlameWhereBothHalvesAreRefusedAlike() {
        Sync sync = RIG.sync();
        Work batch = RIG.work(sync, Work.Kind.ASSIGN, 8);

        List<Integer> sizes = send(sync, batch, work -> true, "the service is under maintenance");

        assertThat(sizes).containsExactly(8, 4, 4);
        assertThat(RIG.whereAre(batch)).hasSize(8).allMatch(place -> place.startsWith("WAITING ASSIGN"));
        assertThat(RIG.quarantineOf(sync)).isEqualTo("BATCH_REJECTED");
    }

    @Test
    void theProbeOfARefusedBatchBlamesNoDevice() {
        Sync sync = RIG.sync();
        send(sync, RIG.work(sync, Work.Kind.ASSIGN, 4), work -> true, "the service is under maintenance");
        RIG.wait(Duration.ofHours(2));
        Work due = RIG.due(sync, Work.Kind.ASSIGN);
        Work probe = new Work(sync, Work.Kind.ASSIGN, due.devices().subList(0, 1), null);

        RIG.fail(probe, RIG.intended(probe), new Refused(422, "the service is under maintenance"));

        assertThat(RIG.whereAre(probe)).containsExactly("WAITING ASSIGN BATCH_REJECTED");
    }

    @Test
    void aReasonOfTheAccountStopsTheSyncAtOnce() {
        Work batch = RIG.work(RIG.sync(), Work.Kind.ACTIVATE, 4);

        RIG.fail(batch, RIG.intended(batch), new Refused(400, "DEFAULTLOCKONACTIVATION flag is enabled"));

        assertThat(RIG.whereAre(batch)).containsOnly("WAITING ACTIVATE LOCK_REQUIRED");
        assertThat(RIG.quarantineOf(batch.sync())).isEqualTo("LOCK_REQUIRED");
    }
}
