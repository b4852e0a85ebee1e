package io.celonamdm.schedule;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.settings.source.SettingChange;
import io.celonamdm.settings.source.SettingsChanged;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies changed settings to syncs from their next work item on. A removed sync stays scheduled until no other replica
 * has it either ({@link StaleJobCleanup}); until then its firings are put back ({@link UnconfiguredSyncListener}).
 */
@Component
class SettingsReload {
    private final Syncs syncs;
    private final Nights nights;
    private final SyncStates states;
    private final SyncRoutes routes;
    private final Audit audit;
    private final CamelContext camel;
    private final TransactionTemplate transaction;

    SettingsReload(
            Syncs syncs,
            Nights nights,
            SyncStates states,
            SyncRoutes routes,
            Audit audit,
            CamelContext camel,
            TransactionTemplate transaction) {
        this.syncs = syncs;
        this.nights = nights;
        this.states = states;
        this.routes = routes;
        this.audit = audit;
        this.camel = camel;
        this.transaction = transaction;
    }

    /**
     * Applies the settings. May be called again with the same settings after a failure.
     *
     * @throws Exception if the ledger, the job store or a route fails
     */
    @EventListener
    void take(SettingsChanged changed) throws Exception {
        // first, so that a night which starts in between is computed by the new schedule
        syncs.replace(syncs.of(changed.settings()));
        transaction.executeWithoutResult(status -> {
            syncs.all().forEach(nights::register);
            states.configured(syncs.all().stream().map(Sync::name).toList());
            changed.changes().forEach(this::note);
        });
        routes.follow(camel);
        tidy();
    }

    /**
     * Drops removed syncs that have ended their work.
     *
     * @throws Exception if a route cannot be stopped
     */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidy() throws Exception {
        routes.removeIdle(camel);
    }

    private void note(SettingChange change) {
        if (change.sync() != null) {
            audit.note(
                    Audit.CONNECTOR,
                    new SyncName(change.sync()),
                    null,
                    "settings",
                    "the settings in the files have changed",
                    change.key() + ": " + change.text());
        }
    }
}
