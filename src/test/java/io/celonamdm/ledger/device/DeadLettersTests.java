package io.celonamdm.ledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.Redrives.Open;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A device becomes a dead letter once, whatever else is said of it later. */
@Tag(TestDatabase.POSTGRESQL)
class DeadLettersTests {
    private static final StepRig RIG = new StepRig();

    private final DeadLetters letters = RIG.bean(DeadLetters.class);
    private final Redrives redrives = RIG.bean(Redrives.class);

    @Test
    void oneThatIsThereAlreadyKeepsItsReasonAndItsRedrive() {
        Work work = RIG.work(RIG.sync(), Work.Kind.AWAIT, 2);
        SyncName sync = work.sync().name();
        Instant redrive = RIG.now().plus(Duration.ofHours(1));
        add(work.ids().subList(0, 1), ReasonCode.ASSIGN_FAILED);
        Open open = redrives.open(sync, ReasonCode.ASSIGN_FAILED).get(0);
        RIG.run(() -> redrives.schedule(open.id(), redrive));

        List<DeadLetter> added = add(work.ids(), ReasonCode.OTHER);

        assertThat(added)
                .extracting(DeadLetter::eid)
                .containsExactly(work.devices().get(1).eid());
        assertThat(letters.list(sync, ReasonCode.ASSIGN_FAILED, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.attempts()).isEqualTo(1);
                    assertThat(letter.redriveAt()).isEqualTo(redrive);
                });
        assertThat(RIG.whereAre(work)).containsExactly("DEAD AWAIT ASSIGN_FAILED", "DEAD AWAIT OTHER");
    }

    private List<DeadLetter> add(List<Long> ids, ReasonCode code) {
        return RIG.in(() -> letters.add(ids, code, "a test", null));
    }
}
