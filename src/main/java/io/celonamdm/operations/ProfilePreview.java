package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.platform.apple.NetworkProfile;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;

/**
 * The private-network profile of a sync, as it would be sent. It is written from the settings alone: no vendor is asked,
 * and nothing in it is secret.
 *
 * @param sync the sync
 * @param platform its platform
 * @param pushed whether the sync sends it: {@code mdm.push} names {@code profile}
 * @param name its name in the MDM
 * @param group the group that gets it: a name in Jamf Pro, an object id in Intune
 * @param geofences how many geofences it has
 * @param mobileconfig the property list, as in a {@code .mobileconfig} file
 */
public record ProfilePreview(
        String sync, String platform, boolean pushed, String name, String group, int geofences, String mobileconfig) {

    /**
     * The profile of a sync.
     *
     * @throws RequestRejected if it cannot be written
     */
    public static ProfilePreview of(Sync sync) {
        MdmSettings mdm = sync.mdm();
        String name = sync.name().value();
        try {
            return new ProfilePreview(
                    name,
                    sync.platform(),
                    mdm.push().contains(PushWay.PROFILE),
                    mdm.profile().name(),
                    "intune".equals(sync.platform())
                            ? mdm.intune().apple().group()
                            : mdm.profile().group(),
                    NetworkProfile.geofences(mdm.profile(), name).size(),
                    NetworkProfile.write(mdm.profile(), name, Identity.of(name)));
        } catch (KnownFailure e) {
            throw RequestRejected.conflict(
                    e.failure().code() + ": " + e.failure().reason());
        }
    }
}
