package io.celonamdm.platform.applebusiness;

import io.celonamdm.json.Fields;
import io.celonamdm.platform.csv.KnownEids;
import io.celonamdm.sync.Sync;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Takes the EIDs of all devices of an organization, for an MDM that does not show them. */
@Component
public class AppleEids {
    AppleEids() {}

    /** Begins to page through the organization's devices. */
    public ApplePages begin(@ExchangeProperty("sync") Sync sync) {
        return AppleInventory.devicesOf(sync);
    }

    /** Adds the EIDs of the requested page. */
    public void add(
            @Body Object answer,
            @ExchangeProperty("pages") ApplePages pages,
            @ExchangeProperty("known-eids") KnownEids known) {
        for (Fields resource : pages.read(answer)) {
            OrgDevice device = OrgDevice.of(resource);
            device.eid().ifPresent(eid -> known.add(device.serialNumber(), eid));
        }
    }
}
