package io.celonamdm.platform.intune;

import java.util.List;

/** The application permissions of Microsoft Graph that calls need. */
final class Permissions {
    static final String READ_DEVICES = "DeviceManagementManagedDevices.Read.All";
    static final String EXPORT = "DeviceManagementManagedDevices.ReadWrite.All";
    static final String COMMAND = "DeviceManagementManagedDevices.PrivilegedOperations.All";
    static final String PROFILES = "DeviceManagementConfiguration.ReadWrite.All";
    static final String READ_ENTRA = "Device.Read.All";
    static final String ADD_MEMBERS = "GroupMember.ReadWrite.All and Device.ReadWrite.All";

    private static final List<Need> NEEDS = List.of(
            new Need("POST", "/exportJobs", EXPORT),
            new Need("POST", "/executeAction", COMMAND),
            new Need("POST", "/activateDeviceEsim", COMMAND),
            new Need("", "/deviceManagement/deviceConfigurations", PROFILES),
            new Need("", "/groups/", ADD_MEMBERS),
            new Need("", "/devices?", READ_ENTRA));

    private record Need(String method, String part, String permission) {
        boolean fits(String aMethod, String path) {
            return (method.isEmpty() || method.equals(aMethod)) && path.contains(part);
        }
    }

    private Permissions() {}

    /** The permission of a call; reading devices by default. */
    static String neededFor(String method, String path) {
        return NEEDS.stream()
                .filter(need -> need.fits(method, path))
                .map(Need::permission)
                .findFirst()
                .orElse(READ_DEVICES);
    }
}
