package io.celonamdm.simulator.jamf;

import java.util.List;

/** Privileges of API roles, in the schema's exact words. */
public final class Privilege {
    /** Inventory. */
    public static final String READ_DEVICES = "Read Mobile Devices";

    /** Extension attributes of a device. */
    public static final String UPDATE_DEVICES = "Update Mobile Devices";

    /** Commands, sent and seen. */
    public static final String VIEW_COMMANDS = "View MDM command information in Jamf Pro API";

    /** The command itself. */
    public static final String REFRESH_CELLULAR_PLANS = "Send Mobile Device Refresh Cellular Plans Command";

    /** Static groups, read. */
    public static final String READ_GROUPS = "Read Static Mobile Device Groups";

    /** Static groups, made. */
    public static final String CREATE_GROUPS = "Create Static Mobile Device Groups";

    /** Static groups, changed. */
    public static final String UPDATE_GROUPS = "Update Static Mobile Device Groups";

    /** Configuration profiles, read. */
    public static final String READ_PROFILES = "Read iOS Configuration Profiles";

    /** Configuration profiles, made. */
    public static final String CREATE_PROFILES = "Create iOS Configuration Profiles";

    /** Configuration profiles, changed. */
    public static final String UPDATE_PROFILES = "Update iOS Configuration Profiles";

    static final List<String> ALL = List.of(
            READ_DEVICES,
            UPDATE_DEVICES,
            VIEW_COMMANDS,
            REFRESH_CELLULAR_PLANS,
            READ_GROUPS,
            CREATE_GROUPS,
            UPDATE_GROUPS,
            READ_PROFILES,
            CREATE_PROFILES,
            UPDATE_PROFILES);

    private Privilege() {}
}
