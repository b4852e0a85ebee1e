package io.celonamdm.platform.applebusiness;

import io.celonamdm.json.Fields;
import io.celonamdm.platform.csv.KnownEids;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Takes the EIDs of all devices of an organization, for an MDM that does not show them. */
@Component
public class AppleEids {
    AppleEids() {}

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
