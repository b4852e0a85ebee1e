package io.celonamdm.platform.intune;

import io.celonamdm.platform.apple.NetworkProfile;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.platform.intune.configuration.Configuration;
import io.celonamdm.settings.mdm.ProfileSettings;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The private-network profile of iPhones and iPads. */
public final class AppleProfile extends Configuration {
    private final ProfileSettings profile;
    private final String sync;

    AppleProfile(Sync sync) {
        super(
                sync,
                "iosCustomConfiguration",
                sync.mdm().profile().name(),
                NetworkProfile.contentMark(sync.mdm().profile(), sync.name().value(), ""),
                sync.mdm().intune().apple().group());
        this.profile = sync.mdm().profile();
        this.sync = sync.name().value();
    }

    @Override
    protected String purpose() {
        return "Apple's private-network settings for Celona; changed by its settings only.";
    }

    @Override
    protected Map<String, Object> settings() {
        byte[] file = NetworkProfile.write(profile, sync, Identity.of(sync)).getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "payloadName",
                profile.name(),
                "payloadFileName",
                sync + ".mobileconfig",
                "payload",
                Base64.getEncoder().encodeToString(file));
    }

    @Override
    protected boolean ownsName() {
        return true;
    }
}
