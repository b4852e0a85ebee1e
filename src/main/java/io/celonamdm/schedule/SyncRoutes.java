package io.celonamdm.schedule;

import io.celonamdm.esim.SyncName;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Instantiates the route template of {@code routes/sync.camel.yaml} for each sync. */
@Component
class SyncRoutes extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(SyncRoutes.class);

    private final Syncs syncs;
    private final NightlyTriggers nightly;

    /** The syncs that have a route. */
    private final Set<SyncName> stamped = ConcurrentHashMap.newKeySet();

    SyncRoutes(Syncs syncs, NightlyTriggers nightly) {
        this.syncs = syncs;
        this.nightly = nightly;
    }

    @Override
    public void configure() {
        for (Sync sync : syncs.all()) {
            TemplatedRouteDefinition route = templatedRoute("sync").routeId(id(sync.name()));
            parameters(sync).forEach((name, value) -> route.parameter(name, String.valueOf(value)));
            stamped.add(sync.name());
        }
    }

    /**
     * Creates a route for each sync without one, and updates each stored trigger to its sync's schedule. The route does
     * not depend on the sync's settings: it reads them at each firing.
     *
     * @throws Exception if a route cannot be started or the job store cannot be reached
     */
    synchronized void follow(CamelContext camel) throws Exception {
        for (Sync sync : syncs.all()) {
            if (!stamped.contains(sync.name())) {
                TemplatedRouteBuilder.builder(camel, "sync")
                        .routeId(id(sync.name()))
                        .parameters(parameters(sync))
                        .add();
                stamped.add(sync.name());
            }
            if (nightly.adjust(sync)) {
                LOG.info(
                        "sync {} has a new schedule: {}",
                        sync.name(),
                        sync.settings().schedule());
            }
        }
    }

    /**
     * Removes the routes of removed syncs, once nothing is in progress in them. Their stored jobs stay: another replica
     * may still have the sync.
     *
     * @throws Exception if a route cannot be stopped
     */
    synchronized void removeIdle(CamelContext camel) throws Exception {
        for (SyncName name : List.copyOf(stamped)) {
            String id = id(name);
            if (syncs.find(name).isEmpty() && camel.getInflightRepository().size(id) == 0) {
                camel.getRouteController().stopRoute(id);
                camel.removeRoute(id);
                stamped.remove(name);
            }
        }
    }

    private static Map<String, Object> parameters(Sync sync) {
        return Map.of(
                "sync", sync.name().value(),
                "cron", sync.settings().schedule(),
                "zone", sync.settings().timeZone().getId());
    }

    private static String id(SyncName sync) {
        return "sync-" + sync;
    }
}
