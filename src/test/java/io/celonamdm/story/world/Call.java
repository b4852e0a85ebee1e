package io.celonamdm.story.world;

/** The kinds of calls that the connector makes. */
public enum Call {
    /** An access token of Jamf Pro. */
    TOKEN(false),
    /** A page of the inventory. */
    INVENTORY(false),
    /** A group, or a configuration profile. */
    PROFILE(false),
    /** Commands that were sent. */
    COMMANDS(false),
    /** A command to a phone. */
    COMMAND(true),
    /** An extension attribute, a group or a profile. */
    ATTRIBUTE(true),
    /** An assignment. */
    ASSIGN(true),
    /** The status of an assignment. */
    STATUS(false),
    /** An activation. */
    ACTIVATE(true),
    /** A check of a preflight. */
    CHECK(false),
    /** A notice to people. */
    NOTICE(false),
    /** A page of a CSV file; no call, but things may happen meanwhile. */
    FILE(false),
    /** The question whether a call that writes may be made. */
    GUARD(false);

    private final boolean writes;

    Call(boolean writes) {
        this.writes = writes;
    }

    /** Whether it changes something at a vendor. */
    public boolean writes() {
        return writes;
    }

    static Call of(String method, String path, String body) {
        if (IntuneProfiles.has(path) || JamfProfiles.has(path)) {
            return method.equals("GET") ? PROFILE : ATTRIBUTE;
        }
        if (path.contains("/deviceManagement/") || path.endsWith("/$batch") || path.startsWith("/storage/")) {
            return ofGraph(path, body);
        }
        if (path.contains("/oauth/token")
                || path.endsWith("/auth/token")
                || path.endsWith("/v2.0/token")
                || path.endsWith("/oauth2/token")) {
            return TOKEN;
        }
        if (path.contains("/mobile-devices/detail")
                || path.startsWith("/v1/orgDevices")
                || path.startsWith("/v1/mdmServers")) {
            return INVENTORY;
        }
        if (path.contains("/mdm/commands")) {
            return method.equals("POST") ? COMMAND : COMMANDS;
        }
        if (path.contains("/mobile-devices/")) {
            return ATTRIBUTE;
        }
        if (path.endsWith("/assign-eid")) {
            return ASSIGN;
        }
        if (path.endsWith("/eid-status")) {
            return STATUS;
        }
        if (path.endsWith("/activation-from-file")) {
            return ACTIVATE;
        }
        return path.startsWith("/hook") ? NOTICE : CHECK;
    }

    private static Call ofGraph(String path, String body) {
        if (path.endsWith("/executeAction") || body.contains("/activateDeviceEsim")) {
            return COMMAND;
        }
        return body.contains("deviceActionResults") ? COMMANDS : INVENTORY;
    }
}
