package io.celonamdm.work;

import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.settings.mdm.ProfileSettings;
import io.celonamdm.sync.Sync;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.DigestUtils;

/**
 * Brings changed settings of the private-network profile to a fleet that is done. The profile is otherwise looked at only
 * when a device gets it, which may never happen again.
 */
@Component
class ProfileChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileChanges.class);

    /** Some may have no such profile, as Windows devices have none. */
    private static final int DEVICES = 20;

    private final SyncStates states;
    private final FollowUps followUps;

    ProfileChanges(SyncStates states, FollowUps followUps) {
        this.states = states;
        this.followUps = followUps;
    }

    /** Makes the profile due for a few devices that have it if its settings differ from those of the last time. */
    @Transactional
    void follow(Sync sync) {
        MdmSettings mdm = sync.mdm();
        if (!mdm.push().contains(PushWay.PROFILE)) {
            return;
        }
        String settings;
        try {
            settings = fingerprint(mdm);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOG.warn("mdm.profile.geofences-file cannot be used, so the profile stays as it is: {}", e.getMessage());
            return;
        }
        if (states.profileBy(sync.name(), settings)) {
            followUps.add(sync.name(), followUps.latestDone(sync.name(), DEVICES), FollowUps.Kind.PROFILE);
        }
    }

    private static String fingerprint(MdmSettings mdm) {
        ProfileSettings profile = mdm.profile();
        String all = profile + " " + profile.allGeofences() + " " + mdm.intune().apple();
        return DigestUtils.md5DigestAsHex(all.getBytes(StandardCharsets.UTF_8));
    }
}
