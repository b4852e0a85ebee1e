package io.celonamdm.platform.jamf;

import io.celonamdm.device.InventoryPage;
import io.celonamdm.json.RecordPage;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** The inventory of a tenant ({@code GET /api/v2/mobile-devices/detail} of Jamf Pro's schema). */
@Component
public class JamfInventory {
    JamfInventory() {}

    /** Begins to page through the inventory. */
    public Paging begin(@ExchangeProperty("sync") Sync sync) {
        return new Paging(sync.mdm());
    }

    /** The first page of an inventory that begins with the devices that were enrolled last. */
    public Paging latest(@ExchangeProperty("sync") Sync sync) {
        return Paging.ofLatest(sync.mdm());
    }

    /**
     * Reads the requested page.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the answer is not JSON
     */
    public RecordPage<Paging.Shown> parse(@Body byte[] answer, @ExchangeProperty("paging") Paging paging)
            throws IOException {
        return paging.parse(answer);
    }

    /** The devices of the requested page. */
    public InventoryPage read(@Body RecordPage<Paging.Shown> page, @ExchangeProperty("paging") Paging paging) {
        return paging.read(page);
    }
}
