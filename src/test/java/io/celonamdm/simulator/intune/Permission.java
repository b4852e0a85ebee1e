package io.celonamdm.simulator.intune;

/** Application permissions of Graph, as its reference spells them. */
public final class Permission {
    /** To list and get managed devices. */
    public static final String READ_DEVICES = "DeviceManagementManagedDevices.Read.All";

    /** To ask for a report. */
    public static final String WRITE_DEVICES = "DeviceManagementManagedDevices.ReadWrite.All";

    /** To command devices. */
    public static final String COMMAND = "DeviceManagementManagedDevices.PrivilegedOperations.All";

    /** To write configuration profiles. */
    public static final String PROFILES = "DeviceManagementConfiguration.ReadWrite.All";

    /** To read Entra's devices. */
    public static final String READ_ENTRA = "Device.Read.All";

    /** To add members to groups. */
    public static final String ADD_MEMBERS = "GroupMember.ReadWrite.All";

    private Permission() {}
}
