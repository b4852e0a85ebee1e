package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Two syncs of one Celona customer with the same phones. */
@TestPropertySource(
        properties = {"connector.syncs.warehouse.mdm.push=command", "connector.syncs.annex.mdm.push=command"})
@Tag(TestDatabase.POSTGRESQL)
class OwnershipTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(4, 3);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    DeviceCounts counts;

    @Autowired
    Audit audit;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        FLEET.phones().forEach(phone -> phone.join("Warehouse"));
        settings(registry, SIMULATION);
        settings(registry, SIMULATION, "annex");
        registry.add("connector.syncs.warehouse.mdm.filter", () -> "groupName==\"Warehouse\"");
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void anEidHasOneOwnerUntilThatOneNoLongerShowsIt() {
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);
        night("annex");
        assertThat(places("annex")).containsOnly("HELD OWNED_BY_OTHER_SYNC").hasSize(4);
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(1);

        night();
        assertThat(counts.driftByCode(NAME)).isEqualTo(Map.of("CLAIMED_BY_TWO_SYNCS", 4L));
        assertThat(counts.driftByCode(new SyncName("annex"))).isEmpty();

        Phone moved = FLEET.phones().get(0);
        moved.leave("Warehouse");
        night();
        assertThat(counts.driftByCode(NAME))
                .as("one pull may have missed it")
                .isEqualTo(Map.of("CLAIMED_BY_TWO_SYNCS", 4L));
        night();
        assertThat(counts.driftByCode(NAME)).isEqualTo(Map.of("CLAIMED_BY_TWO_SYNCS", 4L, "GONE_FROM_MDM", 1L));
        night("annex");

        assertThat(counts.driftByCode(NAME)).isEqualTo(Map.of("CLAIMED_BY_TWO_SYNCS", 3L));
        assertThat(audit.of(new Eid(moved.eid()))).singleElement().satisfies(entry -> {
            assertThat(entry.sync()).isEqualTo(new SyncName("annex"));
            assertThat(entry.actor()).isEqualTo(Audit.CONNECTOR);
            assertThat(entry.action()).isEqualTo("take-over");
            assertThat(entry.detail()).isEqualTo("from sync " + SYNC);
        });

        assertThat(places("annex"))
                .containsExactlyInAnyOrder(
                        "DONE ", "HELD OWNED_BY_OTHER_SYNC", "HELD OWNED_BY_OTHER_SYNC", "HELD OWNED_BY_OTHER_SYNC");
        assertThat(places(SYNC)).containsOnly("DONE ").hasSize(3);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(1);
    }

    private void night(String sync) {
        assertThat(trigger.run(syncs.get(sync), false)).isTrue();
        long run = runs.open(new SyncName(sync)).orElseThrow().id();
        await().atMost(PATIENCE).until(() -> runs.find(run).orElseThrow().closedAt() != null);
    }

    private List<String> places(String sync) {
        return jdbc.sql("select place || ' ' || coalesce(code, '') from device where sync = :sync")
                .param("sync", sync)
                .query(String.class)
                .list();
    }
}
