package io.celonamdm.platform.intune;

import io.celonamdm.platform.intune.configuration.Configuration;
import io.celonamdm.sync.Sync;
import java.util.List;
import java.util.Map;

/** The configuration profile that names the download server, by eUICCs CSP (Windows 11). */
public final class WindowsProfile extends Configuration {
    private static final String CSP = "./Device/Vendor/MSFT/eUICCs/Default";

    private final String server;

    WindowsProfile(Sync sync, String server) {
        super(
                sync,
                "windows10CustomConfiguration",
                sync.mdm().intune().windows().profile(),
                "[server:" + server + "]",
                sync.mdm().intune().windows().group());
        this.server = server;
    }

    @Override
    protected String purpose() {
        return "Has Windows devices download their Celona eSIM.";
    }

    /** AutoEnable must be set when the server's node is created. */
    @Override
    protected Map<String, Object> settings() {
        return Map.of(
                "omaSettings",
                List.of(Map.of(
                        "@odata.type",
                        "#microsoft.graph.omaSettingBoolean",
                        "displayName",
                        "AutoEnable",
                        "omaUri",
                        "%s/DownloadServers/%s/AutoEnable".formatted(CSP, server),
                        "value",
                        true)));
    }

    @Override
    protected boolean ownsName() {
        return false;
    }
}
