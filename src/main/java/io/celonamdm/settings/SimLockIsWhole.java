package io.celonamdm.settings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** An enabled SIM lock names its policy, and a policy stands only beside an enabled SIM lock. */
final class SimLockIsWhole implements SyncRule {
    private static final String ENABLED = "Enabled";

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName status = at.append("sim-lock.status");
        ConfigurationPropertyName policy = at.append("sim-lock.policy");
        if (problems.spoil(status) || problems.spoil(policy)) {
            return;
        }
        boolean enabled = sync.simLock().status().equals(ENABLED);
        boolean hasPolicy = !sync.simLock().policy().isEmpty();
        if (hasPolicy && !enabled) {
            problems.add(policy, "has no effect unless " + status + " is " + ENABLED);
        }
        if (enabled && !hasPolicy) {
            problems.add(policy, "missing: ONATTACH or IMEIMAPPING, because " + status + " is " + ENABLED);
        }
    }
}
