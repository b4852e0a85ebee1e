package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.night.FickleHost.Sickness;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * A night in which all hosts but one fail, in every way, and outnumber the threads: the healthy sync finishes its
 * night; each other sync is reported once and continues when its host recovers.
 */
@TestPropertySource(
        properties = {
            "connector.workers=3",
            "spring.quartz.properties.org.quartz.threadPool.threadCount=2",
            "connector.http.call-timeout=4s",
            "connector.http.max-answer-size=2MB",
            "connector.syncs.warehouse.mdm.push=command",
            "connector.notifications.night-watch.to=mock:night-watch"
        })
class HungHostsTest extends NightTest {
    private static final int PHONES = 12;
    private static final Simulation WELL = Simulation.start(PhoneFleet.of(PHONES, 71));
    private static final Map<Sickness, Simulation> BEHIND = new EnumMap<>(Sickness.class);
    private static final Map<Sickness, FickleHost> HOSTS = new EnumMap<>(Sickness.class);
    private static final PhoneFleet EXPORTED = PhoneFleet.of(2, 91);
    private static final Simulation EXPORTS = Simulation.start(EXPORTED);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, EXPORTED, EXPORTS.celona().smdp());
    private static final PhoneFleet REFUSED = PhoneFleet.of(2, 92);
    private static final Simulation REFUSALS = Simulation.start(REFUSED);
    private static final IntuneSimulator BROKEN =
            IntuneSimulator.start(0, REFUSED, REFUSALS.celona().smdp());

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, WELL);
        WELL.celona().stock(200);
        for (Sickness sickness : Sickness.values()) {
            Simulation simulation = Simulation.start(PhoneFleet.of(2, 72 + BEHIND.size()));
            FickleHost host = new FickleHost(sickness, simulation.jamf().url());
            BEHIND.put(sickness, simulation);
            HOSTS.put(sickness, host);
            settings(registry, simulation, name(sickness));
            registry.add("connector.syncs." + name(sickness) + ".mdm.base-url", host::url);
            registry.add("connector.syncs." + name(sickness) + ".mdm.push", () -> "command");
            registry.add("connector.syncs." + name(sickness) + ".run-window", () -> "1m");
        }
        intune(registry, EXPORTS, INTUNE, "never-exported");
        intune(registry, REFUSALS, BROKEN, "graph-broken");
        INTUNE.settings().report(Integer.MAX_VALUE, "completed");
        BROKEN.faults().always("", "/deviceManagement", Fault.status(500));
    }

    private static void intune(
            DynamicPropertyRegistry registry, Simulation simulation, IntuneSimulator intune, String sync) {
        intuneSettings(registry, simulation, intune, sync);
        registry.add("connector.syncs." + sync + ".run-window", () -> "1m");
    }

    private static String name(Sickness sickness) {
        return sickness.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> sick() {
        List<String> sick =
                new ArrayList<>(HOSTS.keySet().stream().map(HungHostsTest::name).toList());
        sick.add("never-exported");
        sick.add("graph-broken");
        return sick;
    }

    @AfterAll
    static void stop() throws IOException {
        WELL.close();
        BEHIND.values().forEach(Simulation::close);
        for (FickleHost host : HOSTS.values()) {
            host.close();
        }
        INTUNE.close();
        EXPORTS.close();
        BROKEN.close();
        REFUSALS.close();
    }

    /** What people were told of, by sync, occasion and subject. */
    private List<String> told() {
        return jdbc.sql(
                        "select sync || ' ' || occasion || ' ' || subject from notice where sync is not null order by id")
                .query(String.class)
                .list();
    }

    @Test
    void theOneThatIsWellHasItsNightAndTheOthersGoOnWhenTheyAre() throws SchedulerException {
        sick().forEach(sync -> assertThat(trigger.run(syncs.get(sync), false)).isTrue());
        await().atMost(PATIENCE).until(() -> HOSTS.values().stream().allMatch(host -> host.requests() > 0));

        long began = System.nanoTime();
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
        assertThat(WELL.celona().truth().activeEids()).hasSize(PHONES);

        // each of the others ends its night, and says why
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(sick())
                        .allSatisfy(sync -> assertThat(runs.open(new SyncName(sync)))
                                .as(sync)
                                .isEmpty()));
        assertThat(sick()).allSatisfy(sync -> {
            Run run = runs.latest(new SyncName(sync)).orElseThrow();
            assertThat(run.outcome()).as(sync).isIn(Run.Outcome.FAILED, Run.Outcome.QUARANTINED);
            assertThat(run.code()).as(sync).isNotNull();
        });
        assertThat(BROKEN.log().of("POST", "/exportJobs"))
                .as("calls that were repeated were counted")
                .hasSizeLessThan(30);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told())
                        .extracting(each -> each.substring(0, each.indexOf(' ')))
                        .containsAll(sick()));
        assertThat(told())
                .filteredOn(each -> each.contains(" RUN "))
                .extracting(each -> each.substring(0, each.indexOf(' ')))
                .as("each night is told once")
                .doesNotHaveDuplicates();

        HOSTS.values().forEach(FickleHost::recover);
        INTUNE.settings().report(1, "completed");
        BROKEN.faults().clear();
        jdbc.sql("update sync set quarantine_until = current_timestamp").update();
        for (String sync : sick()) {
            trigger.run(syncs.get(sync), false);
            triggers.now(new SyncName(sync));
        }
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() ->
                        assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) (PHONES + 2 * sick().size()))));
    }
}
