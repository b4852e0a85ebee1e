package io.celonamdm.platform.csv;

import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.PlatformMessages;
import io.celonamdm.settings.mdm.EnrichSettings;
import io.celonamdm.sync.Sync;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives devices EIDs that their MDM does not show. */
@Component
public class Enrichment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrichment.class);

    Enrichment() {}

    /**
     * Reads the sync's file of EIDs, if it has one.
     *
     * @throws io.celonamdm.http.KnownFailure if it cannot be read: without it, devices would be short of their EIDs
     */
    public KnownEids read(@ExchangeProperty("sync") Sync sync) {
        return KnownEids.read(sync.mdm());
    }

    /** The devices of a page, without those that may get an EID at its end. */
    public InventoryPage fill(@Body @Nullable Object page, @ExchangeProperty("known-eids") KnownEids known) {
        return known.fill(PlatformMessages.page(page));
    }

    /** The devices that waited for their EID, at the end of a pull. */
    public InventoryPage rest(@ExchangeProperty("known-eids") KnownEids known) {
        return known.rest();
    }

    /** Logs how many devices got an EID. */
    public void tell(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("known-eids") KnownEids known) {
        EnrichSettings enrich = sync.mdm().enrich();
        if (!enrich.file().isBlank() || enrich.appleBusiness()) {
            LOG.info("{} devices have their EID from mdm.enrich, which has {}", known.given(), known.size());
        }
    }
}
