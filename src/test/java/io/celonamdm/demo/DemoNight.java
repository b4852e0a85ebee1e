package io.celonamdm.demo;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.simulator.DemoScenario;
import io.celonamdm.sync.Syncs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Has the demo's night begin at once, and says at its end where to look next. */
@EnableScheduling
class DemoNight {
    private static final Logger LOG = LoggerFactory.getLogger("io.celonamdm.demo");

    private final DemoScenario scenario;
    private final Syncs syncs;
    private final SyncTrigger trigger;
    private final Runs runs;
    private final String page;
    private final String actuator;
    private boolean told;

    DemoNight(
            DemoScenario scenario,
            Syncs syncs,
            SyncTrigger trigger,
            Runs runs,
            @Value("${server.port}") int pagePort,
            @Value("${management.server.port}") int port) {
        this.scenario = scenario;
        this.syncs = syncs;
        this.trigger = trigger;
        this.runs = runs;
        this.page = "http://127.0.0.1:" + pagePort;
        this.actuator = "http://127.0.0.1:" + port + "/actuator";
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        LOG.info("the night begins now; watch it at {}/syncs/warehouse (user and password are demo)", page);
        trigger.run(syncs.get("warehouse"), false);
        trigger.run(syncs.get("stores"), false);
    }

    @Scheduled(fixedDelay = 500)
    void tell() {
        Run run = runs.latest(new SyncName("warehouse")).orElse(null);
        if (told || run == null || run.closedAt() == null) {
            return;
        }
        told = true;
        // which the morning in docs/operations.md asks of Celona's people
        scenario.simulation().celona().settings().deviceGroups(DemoScenario.LOAN_POOL);
        LOG.info(
                """
                the night is over. What to look at next, on the page at {page} or by curl:
                  where every device stands
                    curl -s -u demo:demo {actuator}/syncs/warehouse
                  the report above, as JSON
                    curl -s -u demo:demo {actuator}/runs/{run}
                  each failed device, with its code and the vendor's own words
                    curl -s -u demo:demo {actuator}/deadletters/warehouse
                    curl -s -u demo:demo '{actuator}/deadletters/warehouse?code=DG_NOT_FOUND'
                  the second sync, whose new phones wait for your approval
                    curl -s -u demo:demo {actuator}/syncs/stores
                  another night: nothing is assigned twice, and the phone that is off still waits
                    curl -s -u demo:demo -X POST -H 'Content-Type: application/json' -d '{"action":"run"}' {actuator}/syncs/warehouse
                docs/operations.md has a morning that begins here. The simulators go on until you stop them with Ctrl-C.""".replace("{page}", page).replace("{actuator}", actuator).replace("{run}", String.valueOf(run.id())));
    }
}
