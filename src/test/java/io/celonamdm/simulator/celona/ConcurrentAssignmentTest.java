package io.celonamdm.simulator.celona;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrentAssignmentTest {

    @Test
    void noEsimIsGivenToTwoPhones() {
        List<String> eids = PhoneFleet.of(200, 1).eids();
        try (CelonaSimulator celona = CelonaSimulator.start().stock(200)) {
            CelonaCalls calls = new CelonaCalls(celona);

            assertThat(eids.parallelStream().map(eid -> assign(calls, eid))).containsOnly(202);

            assertThat(celona.truth().available()).isZero();
            assertThat(celona.truth().esims()).extracting(Esim::eid).containsExactlyInAnyOrderElementsOf(eids);
        }
    }

    private static int assign(CelonaCalls calls, String eid) {
        try {
            Reply reply = calls.assign("EID,Name\n" + eid + ",phone\n");
            return reply.status();
        } catch (IOException e) {
            return -1;
        }
    }
}
