package io.celonamdm.platform.intune;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphPages;
import io.celonamdm.platform.intune.graph.Permissions;
import io.celonamdm.preflight.Check;
import io.celonamdm.preflight.PlatformChecks;
import io.celonamdm.preflight.Seen;
import io.celonamdm.settings.mdm.IntuneSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks an app registration in Entra: its credential, and the permissions that reads need. Clients must not inspect
 * access tokens (Graph, "auth-v2-service"), so permissions for writes stay unchecked.
 */
@Component
public class IntuneChecks implements PlatformChecks {
    /** The host of Intune's reports, as seen in their addresses; undocumented. */
    private static final String STORAGE = "*.blob.core.windows.net";

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    IntuneChecks() {}

    @Override
    public String platform() {
        return "intune";
    }

    @Override
    public List<Check> of(Sync sync) {
        IntuneSettings intune = sync.mdm().intune();
        List<Check> checks = new ArrayList<>();
        checks.add(check(sync, "client", sync.mdm().loginUrl(), "mdm.login-url", "", true));
        checks.add(graph(sync, "devices", Permissions.READ_DEVICES));
        if (intune.inventory() == IntuneSettings.Inventory.EXPORT) {
            checks.add(graph(sync, "reports", Permissions.READ_DEVICES));
            checks.add(graph(sync, "storage", Permissions.READ_DEVICES));
        }
        if (hasWindows(sync)) {
            checks.add(graph(sync, "profiles", Permissions.PROFILES));
        }
        if (hasProfile(sync)) {
            checks.add(graph(sync, "network-profile", Permissions.PROFILES));
        }
        if (hasWindows(sync) || addsPhones(sync)) {
            checks.add(graph(sync, "entra", Permissions.READ_ENTRA));
        }
        if (hasWindows(sync)) {
            checks.add(graph(sync, "group", Permissions.ADD_MEMBERS));
        }
        if (addsPhones(sync)) {
            checks.add(graph(sync, "apple-group", Permissions.ADD_MEMBERS));
        }
        checks.add(Check.here("intune permissions", "intune-check-permissions"));
        return checks;
    }

    private static boolean hasWindows(Sync sync) {
        return !sync.mdm().intune().windows().group().isBlank();
    }

    private static boolean hasProfile(Sync sync) {
        return sync.mdm().push().contains(PushWay.PROFILE);
    }

    /** Whether phones join the group of the private-network profile. */
    private static boolean addsPhones(Sync sync) {
        return hasProfile(sync) && sync.mdm().intune().apple().addMembers();
    }

    private static Check graph(Sync sync, String what, String permission) {
        return check(sync, what, sync.mdm().graphUrl(), "mdm.graph-url", permission, false);
    }

    private static Check check(Sync sync, String what, URI address, String key, String permission, boolean gate) {
        return new Check(
                "intune " + what,
                "intune-check-" + what,
                address,
                key,
                "make a new credential in the app registration and set it below connector.syncs.%s.mdm, with tenant-id and client-id"
                        .formatted(sync.name()),
                "in Entra, API permissions of the app registration, add the application permission %s and grant admin consent"
                        .formatted(permission),
                gate);
    }

    /** Entra accepted the application's credential. */
    public Seen client(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        if (Fields.of(answer).textOrEmpty("access_token").isEmpty()) {
            throw new UnreadableAnswer("an access token", "an answer without one");
        }
        return Seen.ok("%s gives access tokens".formatted(sync.mdm().loginUrl().getHost()));
    }

    /** Requests a page of managed devices. */
    public GraphPages managedDevices(@ExchangeProperty("sync") Sync sync) {
        MdmSettings mdm = sync.mdm();
        // a filter for reports does not work for lists
        boolean filtered = mdm.intune().inventory() == IntuneSettings.Inventory.LIST
                && !mdm.filter().isBlank();
        String query = "$top=1&$select=id";
        return pages(sync, Graph.MANAGED_DEVICES, filtered ? query + "&$filter=" + Graph.encoded(mdm.filter()) : query);
    }

    /** Whether there are any devices. */
    public Seen devices(@ExchangeProperty("pages") GraphPages pages, @Body @Nullable Object answer) {
        return pages.read(answer).isEmpty()
                ? Seen.warn(
                        ReasonCode.NO_DEVICES, "no managed device is shown", "look at mdm.filter, and at the tenant")
                : Seen.ok("managed devices are shown");
    }

    /** Requests reports. */
    public GraphPages reports(@ExchangeProperty("sync") Sync sync) {
        return pages(sync, IntuneExport.REPORTS, "$top=1");
    }

    /** Requests earlier reports: their addresses name the storage account. */
    public GraphPages earlierReports(@ExchangeProperty("sync") Sync sync) {
        return pages(sync, IntuneExport.REPORTS, "$top=20");
    }

    /** The check of the storage account of an earlier report; null if none names one. */
    public @Nullable Check storage(
            @ExchangeProperty("sync") Sync sync,
            @ExchangeProperty("pages") GraphPages pages,
            @Body @Nullable Object answer) {
        return pages.read(answer).stream()
                .flatMap(job -> IntuneExport.storage(job).stream())
                .findFirst()
                .map(host -> check(sync, "storage", host, "", Permissions.READ_DEVICES, false))
                .orElse(null);
    }

    /** No report names the storage account, and requesting one would write. */
    public Seen storageUnknown() {
        return Seen.unchecked(
                "no earlier report names the storage account of reports; so far all were at " + STORAGE,
                "let this machine reach %s, through connector.http.hosts.\"[%s]\".proxy if it needs another proxy; the first night shows it"
                        .formatted(STORAGE, STORAGE));
    }

    /** Requests configuration profiles. */
    public GraphPages profiles(@ExchangeProperty("sync") Sync sync) {
        return pages(sync, "/deviceManagement/deviceConfigurations", "$top=1&$select=id");
    }

    /** Requests a device that does not exist in Entra. */
    public GraphPages noEntraDevice(@ExchangeProperty("sync") Sync sync) {
        String filter = Graph.encoded("deviceId eq '%s'".formatted(NOBODY));
        return pages(sync, "/devices", "$filter=" + filter + "&$select=id,deviceId");
    }

    /** What the next device with a private-network profile brings about. */
    public Seen networkProfile(@ExchangeProperty("profile") AppleProfile profile) {
        String fate = profile.id().isEmpty() ? "is missing, and is created" : "differs, and is changed";
        return Seen.ok("the profile \"%s\" %s"
                .formatted(
                        profile.getName(),
                        profile.isStale() ? fate + " with the next device" : "is there as the settings say"));
    }

    /** Requests members of the group with the profile for Windows devices. */
    public GraphPages members(@ExchangeProperty("sync") Sync sync) {
        return members(sync, sync.mdm().intune().windows().group());
    }

    /** Requests members of the group with the private-network profile. */
    public GraphPages phones(@ExchangeProperty("sync") Sync sync) {
        return members(sync, sync.mdm().intune().apple().group());
    }

    private static GraphPages members(Sync sync, String group) {
        return pages(sync, "/groups/" + Graph.encoded(group) + "/members", "$select=id&$top=1");
    }

    private static GraphPages pages(Sync sync, String path, String query) {
        return new GraphPages(sync.mdm().graphUrl(), Graph.V1 + path, query);
    }

    /** The permissions that only a call that writes would show. */
    public Seen unchecked(@ExchangeProperty("sync") Sync sync) {
        List<String> open = new ArrayList<>();
        IntuneSettings intune = sync.mdm().intune();
        if (intune.inventory() == IntuneSettings.Inventory.EXPORT) {
            open.add(Permissions.EXPORT);
        }
        open.add(Permissions.COMMAND);
        if (hasWindows(sync) || hasProfile(sync)) {
            open.add(Permissions.PROFILES);
        }
        if (hasWindows(sync) || addsPhones(sync)) {
            open.add(Permissions.ADD_MEMBERS);
        }
        return Seen.unchecked(
                "a call that only reads does not show whether it may write: " + String.join(", ", open),
                "see in Entra that these application permissions have admin consent");
    }
}
