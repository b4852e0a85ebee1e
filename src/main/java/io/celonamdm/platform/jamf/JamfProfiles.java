package io.celonamdm.platform.jamf;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.apple.NetworkProfile;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.platform.apple.Xml;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.w3c.dom.Element;

/**
 * Maintains the configuration profile that prefers the private network ({@code mobiledeviceconfigurationprofiles} of
 * the Classic API; Jamf Pro has no newer endpoint). It writes the profile only if it is missing or the settings have
 * changed, because each write costs the server work. The profile's description records the settings it was written
 * from.
 */
@Component
public class JamfProfiles {
    private static final String PATH = "/JSSResource/mobiledeviceconfigurationprofiles";

    JamfProfiles() {}

    /**
     * The lookup path of the profile.
     *
     * @throws KnownFailure with {@code PROFILE_INVALID} if its name has a slash, which Jamf Pro's Tomcat rejects
     */
    public String byName(@ExchangeProperty("sync") Sync sync) {
        String name = sync.mdm().profile().name();
        if (name.contains("/") || name.contains("\\")) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.REFUSED,
                    ReasonCode.PROFILE_INVALID,
                    "connector.syncs.%s.mdm.profile.name \"%s\" has a slash, so that Jamf Pro cannot look it up"
                            .formatted(sync.name(), name),
                    null));
        }
        return PATH + "/name/" + Paths.segment(name);
    }

    /**
     * The change that the profile needs.
     *
     * @return null if it matches the settings
     * @throws NotOurs if somebody else created the profile of that name
     */
    public @Nullable ProfileChange change(
            @Body byte @Nullable [] answer,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @ExchangeProperty("sync") Sync sync,
            @ExchangeProperty("group") StaticGroup group) {
        if (status == 404) {
            byte[] xml = profile(sync, group, Identity.of(sync.name().value()));
            return new ProfileChange("POST", PATH + "/id/0", xml);
        }
        ShownProfile shown = ShownProfile.read(answer == null ? new byte[0] : answer);
        Marker.check(sync, "configuration profile", sync.mdm().profile().name(), shown.description(), "name");
        if (shown.description().contains(content(sync, group))) {
            return null;
        }
        return new ProfileChange(
                "PUT", PATH + "/id/" + Paths.segment(shown.id()), profile(sync, group, shown.identity()));
    }

    /**
     * Checks that it was Jamf Pro that took the profile.
     *
     * @throws UnreadableAnswer if the answer is not that of the Classic API
     */
    public void written(@Body byte @Nullable [] answer) {
        ShownProfile.checkWritten(answer == null ? new byte[0] : answer);
    }

    private static byte[] profile(Sync sync, StaticGroup group, Identity identity) {
        Element profile = Xml.root("configuration_profile");
        Element general = Xml.add(profile, "general");
        Xml.add(general, "name", sync.mdm().profile().name());
        Xml.add(
                general,
                "description",
                Marker.describe(sync, "Apple's private-network settings for Celona; changed by its settings only.")
                        + " " + content(sync, group));
        Xml.add(Xml.add(general, "site"), "id", StaticGroup.NO_SITE);
        Xml.add(general, "deployment_method", "Install Automatically");
        // "All" would reinstall it on every device
        Xml.add(general, "redeploy_on_update", "Newly Assigned");
        Xml.add(
                general,
                "payloads",
                NetworkProfile.write(sync.mdm().profile(), sync.name().value(), identity));
        Element scope = Xml.add(profile, "scope");
        Xml.add(scope, "all_mobile_devices", "false");
        Xml.add(Xml.add(Xml.add(scope, "mobile_device_groups"), "mobile_device_group"), "id", group.id());
        return Xml.write(profile).getBytes(StandardCharsets.UTF_8);
    }

    private static String content(Sync sync, StaticGroup group) {
        return NetworkProfile.contentMark(sync.mdm().profile(), sync.name().value(), group.id());
    }
}
