package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.ConnectorApplication;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.login.Login;
import io.celonamdm.login.SignedInRestTemplate;
import io.celonamdm.rings.Slow;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.schedule.Triggers;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.sync.Syncs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureTestRestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The connector with one sync, which runs on a test's request. */
@CamelSpringBootTest
@SpringBootTest(
        classes = ConnectorApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.location=classpath:application.yaml",
            "spring.quartz.properties.org.quartz.scheduler.instanceName=${random.uuid}",
            // how soon a trigger is seen that is set, or freed, without a signal: five seconds otherwise
            "spring.quartz.properties.org.quartz.scheduler.idleWaitTime=1000",
            // nobody looks, and to register each step takes longer than all else of a start
            "camel.main.jmx-enabled=false",
            "management.server.port=0"
        })
@AutoConfigureTestRestTemplate
@Import(SignedInRestTemplate.class)
@DirtiesContext
@Slow
abstract class NightTest {
    static final String SYNC = "warehouse";
    static final SyncName NAME = new SyncName(SYNC);
    /** On a machine that is busy with other tests, too. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    @Autowired
    Syncs syncs;

    @Autowired
    SyncTrigger trigger;

    @Autowired
    Runs runs;

    @Autowired
    DeadLetters deadLetters;

    @Autowired
    SyncStates states;

    @Autowired
    Triggers triggers;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        String url = TestDatabase.migrated();
        registry.add("spring.datasource.url", () -> url);
        registry.add("ledger-of-a-test", () -> "true");
    }

    /**
     * Settings of a sync between the simulators, with the waits of a night cut to fractions of a second. They win over
     * those of {@code @TestPropertySource}: a test that wants another value of one of them adds it to the registry
     * after them.
     */
    static void settings(DynamicPropertyRegistry registry, Simulation simulation) {
        settings(registry, simulation, SYNC);
        registry.add("connector.http.response-timeout", () -> "3s");
    }

    static void settings(DynamicPropertyRegistry registry, Simulation simulation, String name) {
        celonaSettings(registry, simulation, name);
        Map<String, Object> settings = new TreeMap<>();
        settings.put("mdm.platform", "jamf");
        settings.put("mdm.base-url", simulation.jamf().url());
        settings.put("mdm.client-id", Simulation.CLIENT_ID);
        settings.put("mdm.client-secret", Simulation.CLIENT_SECRET);
        settings.forEach((key, value) -> registry.add("connector.syncs." + name + "." + key, () -> value));
    }

    /** The same with Intune as the MDM. */
    static void intuneSettings(
            DynamicPropertyRegistry registry, Simulation simulation, IntuneSimulator intune, String name) {
        celonaSettings(registry, simulation, name);
        Map<String, Object> settings = new TreeMap<>();
        settings.put("mdm.platform", "intune");
        settings.put("mdm.tenant-id", intune.settings().tenantId());
        settings.put("mdm.client-id", intune.settings().clientId());
        settings.put("mdm.client-secret", intune.settings().clientSecret());
        settings.put("mdm.login-url", intune.url());
        settings.put("mdm.graph-url", intune.url());
        settings.put("mdm.intune.export-poll", "50ms");
        settings.forEach((key, value) -> registry.add("connector.syncs." + name + "." + key, () -> value));
    }

    /** The same without the MDM. */
    static void celonaSettings(DynamicPropertyRegistry registry, Simulation simulation, String name) {
        Login.settings().forEach((key, value) -> registry.add(key, () -> value));
        Map<String, Object> settings = new TreeMap<>();
        settings.put("schedule", "0 30 4 * * ?");
        settings.put("celona.customer-id", Simulation.CUSTOMER_ID);
        settings.put("celona.api-key", Simulation.API_KEY);
        settings.put("celona.assign-url", simulation.celona().url());
        settings.put("celona.activation-url", simulation.celona().url());
        settings.put("celona.assign-timeout", "3s");
        settings.put("celona.poll.first", "200ms");
        settings.put("celona.poll.max", "1s");
        settings.put("celona.poll.deadline", "5m");
        settings.put("celona.provision.first", "300ms");
        settings.put("celona.provision.max", "1s");
        settings.put("celona.provision.patience", "15s");
        settings.put("confirm.first", "200ms");
        settings.put("confirm.max", "1s");
        // what is in doubt stays as a test has left it
        settings.put("in-doubt", "ask");
        settings.put("mdm.repeat.after", "1s");
        settings.put("retry.first", "200ms");
        settings.put("retry.max", "1s");
        registry.add("connector.http.requests-per-second", () -> 100_000);
        settings.put("guards.max-new", 100_000);
        settings.put("guards.max-new-percent", 1_000_000);
        // tests have few devices, and take some of them away
        settings.put("guards.max-fall-percent", 100);
        settings.forEach((key, value) -> registry.add("connector.syncs." + name + "." + key, () -> value));
    }

    /** Runs a night to its end. */
    Run night() {
        await("an earlier run has ended")
                .atMost(PATIENCE)
                .until(() -> runs.open(NAME).isEmpty());
        assertThat(trigger.run(syncs.get(SYNC), false))
                .as("a run can be opened")
                .isTrue();
        long id = runs.open(NAME).orElseThrow().id();
        return awaitEnd(id);
    }

    Run awaitEnd(long id) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> runs.find(id).orElseThrow().closedAt() != null);
        return runs.find(id).orElseThrow();
    }

    /** The quarantine that the sync is in. */
    Quarantine quarantine() {
        return Objects.requireNonNull(states.find(NAME).orElseThrow().quarantine(), "no quarantine");
    }

    /** Brings the next probe forward, as if its time had come. */
    void probeNow() throws SchedulerException {
        jdbc.sql("update sync set quarantine_until = current_timestamp").update();
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        jdbc.sql("update run set pull_due_at = current_timestamp where pull_due_at is not null")
                .update();
        triggers.now(NAME);
    }

    /** The place of a device in the ledger, with its step and code. */
    String whereIs(Phone phone) {
        return jdbc.sql("select place || ' ' || step || coalesce(' ' || code, '') from device where eid = :eid")
                .param("eid", phone.eid())
                .query(String.class)
                .optional()
                .orElse("nowhere");
    }

    @Nullable
    DeadLetter deadLetter(Phone phone) {
        List<DeadLetter> letters = deadLetters.list(NAME, null, 100_000).stream()
                .filter(letter -> letter.eid().value().equals(phone.eid()))
                .toList();
        assertThat(letters).as("dead letters of %s", phone.name()).hasSizeLessThan(2);
        return letters.isEmpty() ? null : letters.get(0);
    }

    /** How many devices are in which place, step and code. */
    Map<String, Long> ledger() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("""
                        select place || ' ' || step || coalesce(' ' || code, '') as what, count(*) as devices
                        from device group by place || ' ' || step || coalesce(' ' || code, '')
                        """).query(row -> {
            counts.put(row.getString("what"), row.getLong("devices"));
        });
        return counts;
    }

    /** Puts devices where a step of theirs can fail, long before it is due. */
    protected final void atActivate(List<Long> ids) {
        jdbc.sql("update device set place = 'WAITING', step = 'ACTIVATE', due_at = :due where id in (:ids)")
                .param("due", Instant.now().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .param("ids", ids)
                .update();
    }
}
