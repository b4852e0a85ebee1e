package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.celona.Reading;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.ProvisionedWhen;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nights with Intune in both readings of "Provisioned", with a phone that is off in the first one. */
class IntuneConfirmTest extends NightTest {
    private static final Random RANDOM = new Random(22);
    private static final PhoneFleet FLEET = new PhoneFleet(22);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, FLEET, SIMULATION.celona().smdp());

    @Autowired
    Readings readings;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        intuneSettings(registry, SIMULATION, INTUNE, SYNC);
        SIMULATION.celona().stock(20);
        Map<String, Object> settings = new TreeMap<>();
        settings.put("celona.provision.patience", "2s");
        settings.put("default-group", "");
        settings.forEach((key, value) -> registry.add("connector.syncs." + SYNC + "." + key, () -> value));
    }

    @AfterAll
    static void stop() {
        INTUNE.close();
        SIMULATION.close();
    }

    private static Phone phone(String name) {
        Phone phone = FLEET.add(new Phone(Eids.next(RANDOM), "SN-" + name, name));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    @ParameterizedTest
    @EnumSource(ProvisionedWhen.class)
    void aDeviceIsDoneOnceItsActionIs(ProvisionedWhen when) throws SchedulerException {
        SIMULATION.celona().settings().provisionedWhen(when);
        jdbc.sql("delete from reading").update();
        Phone on = phone("On in " + when);
        Phone off = phone("Off in " + when);
        off.behaviour().online(false);

        night();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(on)).isEqualTo("DONE DONE"));
        assertThat(on.celonaIccids()).hasSize(1);
        boolean activeAtOnce = when == ProvisionedWhen.ASSIGNED;
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(whereIs(off)).startsWith(activeAtOnce ? "WAITING CONFIRM" : "WAITING PUSH"));

        off.behaviour().online(true);
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        triggers.now(NAME);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(off)).isEqualTo("DONE DONE"));
        assertThat(off.celonaIccids()).hasSize(1);
        assertThat(INTUNE.device(off).actions()).hasSize(1);
        assertThat(readings.of(NAME)).contains(activeAtOnce ? Reading.ASSIGNED : Reading.DOWNLOADED);
    }
}
