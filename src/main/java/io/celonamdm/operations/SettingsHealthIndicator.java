package io.celonamdm.operations;

import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.settings.source.SettingsInForce.Refusal;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Reports whether the settings in the files are in force, as the health component {@code settings}. Refused settings
 * stop nothing: the status affects neither the overall health nor the probes.
 */
@Component
class SettingsHealthIndicator implements HealthIndicator {
    private static final Status REFUSED = new Status("DEGRADED", "the files hold settings that cannot be used");

    private final SettingsInForce settings;

    SettingsHealthIndicator(SettingsInForce settings) {
        this.settings = settings;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up().withDetail("inForceSince", settings.since());
        Refusal refusal = settings.refusal().orElse(null);
        return refusal == null
                ? health.build()
                : health.status(REFUSED)
                        .withDetail("refusedSince", refusal.since())
                        .withDetail("problems", refusal.problems())
                        .build();
    }
}
