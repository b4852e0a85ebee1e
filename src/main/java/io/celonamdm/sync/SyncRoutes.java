package io.celonamdm.sync;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Stamps the route of {@code routes/sync.camel.yaml} out, once for each sync. */
@Component
class SyncRoutes extends RouteBuilder {
    private final Syncs syncs;

    SyncRoutes(Syncs syncs) {
        this.syncs = syncs;
    }

    @Override
    public void configure() {
        for (Sync sync : syncs.all()) {
            templatedRoute("sync")
                    .routeId("sync-" + sync.name())
                    .parameter("sync", sync.name())
                    .parameter("cron", sync.settings().schedule())
                    .parameter("zone", sync.settings().timeZone().getId());
        }
    }
}
