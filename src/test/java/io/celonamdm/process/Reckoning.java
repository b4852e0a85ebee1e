package io.celonamdm.process;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.celonamdm.process.Ledger.Row;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.CelonaTruth;
import io.celonamdm.simulator.celona.Esim;
import io.celonamdm.simulator.celona.EsimState;
import io.celonamdm.simulator.web.LoggedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the ledger with the actual state at Celona and Jamf Pro: nothing lost, nothing twice. */
final class Reckoning {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PLACES = Set.of("WAITING", "IN_FLIGHT", "IN_DOUBT", "HELD", "DEAD", "DONE");

    private final Simulation simulation;
    private final CelonaTruth truth;
    private final Set<String> cutShort = new TreeSet<>();

    Reckoning(Simulation simulation) {
        this.simulation = simulation;
        truth = simulation.celona().truth();
    }

    /**
     * What holds at every moment, also right after a kill.
     *
     * @return the EIDs of which an assignment is intended and not answered, hence will be in doubt
     */
    Set<String> atAnyMoment(Ledger ledger) {
        List<Row> devices = ledger.devices();
        assertThat(truth.eidsAssignedTwice()).as("EIDs with two eSIMs").isEmpty();
        assertPostedOnce();
        assertThat(devices).allSatisfy(device -> {
            assertThat(device.place()).isIn(PLACES);
            agreesWithCelona(device);
        });
        assertThat(ledger.texts("select eid from inventory where present and eid not in (select eid from device)"))
                .as("devices that a complete pull has shown and that are nowhere")
                .isEmpty();
        deadLettersAreComplete(ledger);
        Set<String> open = new TreeSet<>(ledger.texts("""
                select d.eid from device d join journal j on j.id = d.journal_id
                where d.place = 'IN_FLIGHT' and j.step = 'ASSIGN' and j.state = 'INTENDED'
                """));
        Set<String> doubtful = new TreeSet<>(cutShort);
        doubtful.addAll(unanswered());
        assertThat(doubtful).containsAll(eidsIn(devices, "IN_DOUBT"));
        doubtful.removeAll(open);
        assertThat(eidsIn(devices, "IN_DOUBT"))
                .as("in doubt, just because an assignment has no recorded answer")
                .containsAll(doubtful);
        cutShort.addAll(open);
        return open;
    }

    /** What holds once the night is over: what is in doubt has a reason for it, and nothing is under way. */
    void atRest(Ledger ledger) {
        atAnyMoment(ledger);
        List<Row> devices = ledger.devices();
        assertThat(devices).extracting(Row::eid).containsAll(simulation.fleet().eids());
        assertThat(devices).extracting(Row::place).doesNotContain("IN_FLIGHT");
        assertThat(ledger.texts("select step from journal where state = 'INTENDED'"))
                .as("calls of which nobody knows what became")
                .isEmpty();
        assertThat(ledger.texts("select kind from follow_up where taken"))
                .as("follow-ups under way")
                .isEmpty();
    }

    /** What holds once everything that could be done is done: all but those in doubt have their eSIM. */
    void atTheEnd(Ledger ledger, String group) {
        atRest(ledger);
        assertThat(ledger.devices())
                .filteredOn(device -> !device.place().equals("IN_DOUBT"))
                .allSatisfy(device -> assertThat(device.where()).isEqualTo("DONE DONE"));
        assertThat(truth.esims(EsimState.ACTIVE)).extracting(Esim::group).containsOnly(group);
        assertThat(truth.activeEids()).containsExactlyInAnyOrderElementsOf(eidsIn(ledger.devices(), "DONE"));
    }

    private void agreesWithCelona(Row device) {
        List<String> iccids = truth.iccidsOf(device.eid());
        switch (device.step()) {
            case "ASSIGN" -> {
                if (Set.of("WAITING", "HELD").contains(device.place())) {
                    assertThat(iccids)
                            .as("eSIMs of %s, which waits for one", device)
                            .isEmpty();
                }
            }
            case "AWAIT" -> assertThat(iccids).as("eSIMs of %s", device).hasSize(1);
            default -> assertThat(iccids).as("eSIMs of %s", device).containsExactly(device.iccid());
        }
        if (device.place().equals("DONE")) {
            assertThat(truth.esim(device.iccid())).hasValueSatisfying(esim -> {
                assertThat(esim.eid()).isEqualTo(device.eid());
                assertThat(esim.state()).isEqualTo(EsimState.ACTIVE);
            });
        }
    }

    private static void deadLettersAreComplete(Ledger ledger) {
        assertThat(ledger.texts("""
                        select d.eid from device d left join dead_letter l on l.open_device = d.id
                        where (d.place = 'DEAD') <> (l.id is not null) or (l.id is not null
                            and (l.eid <> d.eid or l.step <> d.step or l.code <> d.code or l.reason = ''))
                        """))
                .as("dead devices without their letter, or letters without their dead device")
                .isEmpty();
    }

    /** An EID is posted again only if Celona has refused it before. */
    private void assertPostedOnce() {
        assertThat(assignments())
                .allSatisfy((eid, posts) -> assertThat(posts.subList(0, posts.size() - 1))
                        .as("earlier posts of %s", eid)
                        .allMatch(post -> post.status().orElse(0) == 429));
    }

    /** The EIDs whose last assignment was answered by nothing that can be read. */
    private Set<String> unanswered() {
        Set<String> eids = new TreeSet<>();
        assignments().forEach((eid, posts) -> {
            LoggedRequest last = posts.get(posts.size() - 1);
            if (last.status().orElse(0) != 429 && !isTaken(last)) {
                eids.add(eid);
            }
        });
        return eids;
    }

    private static boolean isTaken(LoggedRequest post) {
        try {
            return post.status().orElse(0) / 100 == 2
                    && JSON.readTree(post.answerBody()).at("/data/request_id").isTextual();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private Map<String, List<LoggedRequest>> assignments() {
        Map<String, List<LoggedRequest>> posts = new LinkedHashMap<>();
        for (LoggedRequest post : simulation.celona().log().of("POST", "/assign-eid")) {
            post.csvRows().stream()
                    .skip(1)
                    .forEach(row -> posts.computeIfAbsent(row.get(0), eid -> new ArrayList<>())
                            .add(post));
        }
        return posts;
    }

    private static Set<String> eidsIn(List<Row> devices, String place) {
        return devices.stream()
                .filter(device -> device.place().equals(place))
                .map(Row::eid)
                .collect(toCollection(TreeSet::new));
    }
}
