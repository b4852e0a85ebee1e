package io.celonamdm.settings.check;

import io.celonamdm.settings.SyncSettings;
import java.net.URI;
import java.util.Locale;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Jamf is called at the tenant's own address. Its platform gateway has other paths and credentials, and nothing documents
 * that it accepts the command that makes a device fetch its eSIM.
 */
final class JamfIsTheTenant implements SyncRule {

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName address = at.append("mdm").append("base-url");
        if (problems.spoil(address)) {
            return;
        }
        URI tenant = sync.mdm().baseUrl();
        if ("jamf".equals(sync.mdm().platform()) && tenant != null && isGateway(tenant.getHost())) {
            problems.add(
                    address,
                    "is Jamf's platform gateway, which is not supported; must be the tenant's own address, such as"
                            + " https://example.jamfcloud.com");
        }
    }

    /** Its first name was {@code *.apigw.jamf.com}; since September 2026 it is {@code <region>.api.jamfcloud.com}. */
    private static boolean isGateway(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".api.jamfcloud.com") || name.endsWith(".apigw.jamf.com");
    }
}
