package io.celonamdm.platform.jamf;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.preflight.Check;
import io.celonamdm.preflight.PlatformChecks;
import io.celonamdm.preflight.Seen;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks an API client of Jamf Pro: its credentials, and the privileges that the sync's {@code push} needs. */
@Component
public class JamfChecks implements PlatformChecks {
    private static final String READ_DEVICES = "Read Mobile Devices";
    private static final String VIEW_COMMANDS = "View MDM command information in Jamf Pro API";
    private static final String READ_GROUPS = "Read Static Mobile Device Groups";
    private static final String READ_PROFILES = "Read iOS Configuration Profiles";

    /** The privileges by {@code push}, as in docs/jamf.md. */
    private static final Map<PushWay, List<String>> NEEDED = Map.of(
            PushWay.COMMAND,
            List.of(VIEW_COMMANDS, "Send Mobile Device Refresh Cellular Plans Command"),
            PushWay.ATTRIBUTE,
            List.of("Update Mobile Devices"),
            PushWay.PROFILE,
            List.of(
                    READ_GROUPS,
                    "Create Static Mobile Device Groups",
                    "Update Static Mobile Device Groups",
                    READ_PROFILES,
                    "Create iOS Configuration Profiles",
                    "Update iOS Configuration Profiles"));

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    JamfChecks() {}

    @Override
    public String platform() {
        return "jamf";
    }

    @Override
    public List<Check> of(Sync sync) {
        List<Check> checks = new ArrayList<>();
        checks.add(check(sync, "jamf client", "jamf-check-client", "the API client", true));
        checks.add(check(sync, "jamf privileges", "jamf-check-privileges", "the API client", false));
        checks.add(check(sync, "jamf devices", "jamf-check-devices", READ_DEVICES, false));
        if (sync.mdm().push().contains(PushWay.COMMAND)) {
            checks.add(check(sync, "jamf commands", "jamf-check-commands", VIEW_COMMANDS, false));
        }
        if (sync.mdm().push().contains(PushWay.PROFILE)) {
            checks.add(check(sync, "jamf group", "jamf-check-group", READ_GROUPS, false));
            checks.add(check(sync, "jamf profile", "jamf-check-profile", READ_PROFILES, false));
        }
        return checks;
    }

    private static Check check(Sync sync, String name, String route, String privilege, boolean gate) {
        return new Check(
                name,
                route,
                sync.mdm().baseUrl(),
                "mdm.base-url",
                "enable the API client in Jamf Pro, and set its id and a new secret as connector.syncs.%1$s.mdm.client-id and client-secret"
                        .formatted(sync.name()),
                grant(privilege),
                gate);
    }

    private static String grant(String privileges) {
        return "in Jamf Pro, Settings → API roles and clients, add to the client's role: " + privileges;
    }

    /** Jamf Pro accepted the client's credentials. */
    public Seen client(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        Fields token = Fields.of(answer);
        if (token.textOrEmpty("access_token").isEmpty()) {
            throw new UnreadableAnswer("an access token", "an answer without one");
        }
        String life = token.text("expires_in")
                .map(each -> ", good for " + each + " s")
                .orElse("");
        return Seen.ok("%s gives access tokens%s".formatted(sync.mdm().tenant().getHost(), life));
    }

    /** Whether the role has each required privilege ({@code AuthorizationV1} of Jamf Pro's schema). */
    public Seen privileges(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        Set<String> needed = needed(sync.mdm());
        Fields account = Fields.of(answer).object("account");
        if (account.textOrEmpty("privilegeSet").equals("ADMINISTRATOR")) {
            return Seen.ok("the client is an administrator");
        }
        Fields bySite = account.object("privilegesBySite");
        Set<String> granted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        bySite.map().keySet().forEach(site -> granted.addAll(bySite.texts(String.valueOf(site))));
        if (granted.isEmpty()) {
            return Seen.unchecked(
                    "Jamf Pro does not list the client's privileges",
                    "compare its role with what the sync needs: " + String.join(", ", needed));
        }
        List<String> missing = needed.stream()
                .filter(privilege -> !granted.contains(privilege))
                .toList();
        return missing.isEmpty()
                ? Seen.ok("the client has all %d that are needed".formatted(needed.size()))
                : Seen.failed(
                        ReasonCode.PRIVILEGE_MISSING,
                        "the client lacks " + String.join(", ", missing),
                        grant(String.join(", ", missing)));
    }

    private static Set<String> needed(MdmSettings mdm) {
        Set<String> needed = new LinkedHashSet<>(List.of(READ_DEVICES));
        for (PushWay way : PushWay.values()) {
            if (mdm.push().contains(way)) {
                needed.addAll(NEEDED.getOrDefault(way, List.of()));
            }
        }
        return needed;
    }

    /** Requests one of the devices that match the filter. */
    public String oneDevice(@ExchangeProperty("sync") Sync sync) {
        Query query = new Query().and("section", "GENERAL").and("page", 0).and("page-size", 1);
        String filter = sync.mdm().filter();
        return (filter.isBlank() ? query : query.and("filter", filter)).toString();
    }

    /** The number of matching devices. */
    public Seen devices(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        String count = Fields.of(answer)
                .text("totalCount")
                .orElseThrow(() -> new UnreadableAnswer("a page of mobile devices", answer));
        return count.equals("0")
                ? Seen.warn(
                        ReasonCode.NO_DEVICES,
                        "no mobile device is let in",
                        "look at connector.syncs.%s.mdm.filter, and at the group in Jamf Pro".formatted(sync.name()))
                : Seen.ok(count + " mobile devices are let in");
    }

    /** Requests the commands of a device that does not exist; Jamf Pro requires a filter. */
    public String noCommand() {
        return new Query()
                .and("filter", "clientManagementId==" + Query.quoted(NOBODY))
                .and("page", 0)
                .and("page-size", 1)
                .toString();
    }
}
