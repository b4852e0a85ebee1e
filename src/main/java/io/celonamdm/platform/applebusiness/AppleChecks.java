package io.celonamdm.platform.applebusiness;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.preflight.Check;
import io.celonamdm.preflight.PlatformChecks;
import io.celonamdm.preflight.Seen;
import io.celonamdm.settings.mdm.AppleBusinessSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.sync.Sync;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks an API account of Apple Business Manager: its key, and what it may read. */
@Component
public class AppleChecks implements PlatformChecks {
    AppleChecks() {}

    @Override
    public String platform() {
        return MdmSettings.APPLE_BUSINESS;
    }

    @Override
    public boolean serves(Sync sync) {
        return sync.platform().equals(platform()) || sync.mdm().enrich().appleBusiness();
    }

    @Override
    public List<Check> of(Sync sync) {
        AppleBusinessSettings apple = sync.mdm().appleBusiness();
        List<Check> checks = new ArrayList<>();
        checks.add(check(sync, "client", apple.tokenUrl(), "token-url", true));
        checks.add(check(sync, "devices", apple.baseUrl(), "base-url", false));
        if (sync.platform().equals(platform())) {
            checks.add(check(sync, "server", apple.baseUrl(), "base-url", false));
            if (!sync.mdm().folder().isBlank()) {
                checks.add(Check.here("apple-business folder", "csv-check-folder"));
            }
        }
        return checks;
    }

    private static Check check(Sync sync, String what, URI address, String key, boolean gate) {
        return new Check(
                "apple-business " + what,
                "apple-business-check-" + what,
                address,
                "mdm.apple-business." + key,
                "compare client-id and key-id below connector.syncs.%s.mdm.apple-business with the API account in Apple Business Manager, and that private-key is of that key id"
                        .formatted(sync.name()),
                "in Apple Business Manager, give the API account a role that may view devices and device management services",
                gate);
    }

    /** Apple accepted the client assertion. */
    public Seen client(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        if (Fields.of(answer).textOrEmpty("access_token").isEmpty()) {
            throw new UnreadableAnswer("an access token", "an answer without one");
        }
        return Seen.ok("%s gives access tokens"
                .formatted(sync.mdm().appleBusiness().tokenUrl().getHost()));
    }

    /** Requests one device. */
    public ApplePages oneDevice() {
        return new ApplePages("/v1/orgDevices", 1);
    }

    /** Whether the organization has devices. */
    public Seen devices(@Body Object answer, @ExchangeProperty("pages") ApplePages pages) {
        return pages.read(answer).isEmpty()
                ? Seen.warn(
                        ReasonCode.NO_DEVICES,
                        "no device is shown",
                        "look at Devices in Apple Business Manager, and at the role of the API account")
                : Seen.ok("devices are shown");
    }

    /** The service is there, once. */
    public Seen server(@ExchangeProperty("assigned") ServerDevices assigned) {
        return Seen.ok("the device management service \"%s\" has the id %s"
                .formatted(assigned.serverName(), assigned.serverId()));
    }
}
