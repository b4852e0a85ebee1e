package io.celonamdm.settings.check;

import io.celonamdm.settings.DeviceGroupSettings;
import io.celonamdm.settings.SimLockSettings;
import io.celonamdm.settings.SyncSettings;
import java.util.List;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** An enabled SIM lock names its policy; a policy is allowed only with an enabled SIM lock. */
final class SimLockIsWhole implements SyncRule {
    private static final String ENABLED = "Enabled";

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        check(at.append("sim-lock"), sync.simLock(), problems);
        List<DeviceGroupSettings> rules = sync.deviceGroups();
        for (int i = 0; i < rules.size(); i++) {
            SimLockSettings own = rules.get(i).simLock();
            if (own != null) {
                check(at.append("device-groups[" + i + "].sim-lock"), own, problems);
            }
        }
    }

    private static void check(ConfigurationPropertyName at, SimLockSettings simLock, Problems problems) {
        ConfigurationPropertyName status = at.append("status");
        ConfigurationPropertyName policy = at.append("policy");
        if (problems.spoil(status) || problems.spoil(policy)) {
            return;
        }
        boolean enabled = simLock.status().equals(ENABLED);
        boolean hasPolicy = !simLock.policy().isEmpty();
        if (hasPolicy && !enabled) {
            problems.add(policy, "has no effect unless " + status + " is " + ENABLED);
        }
        if (enabled && !hasPolicy) {
            problems.add(policy, "missing: ONATTACH or IMEIMAPPING, because " + status + " is " + ENABLED);
        }
    }
}
