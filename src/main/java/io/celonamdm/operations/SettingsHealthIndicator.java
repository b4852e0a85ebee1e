package io.celonamdm.operations;

import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.settings.source.SettingsInForce.Refusal;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the settings in the files are those in force, as the component {@code settings} of the health. Refused ones stop
 * nothing: the status counts neither for the health as a whole nor for the probes.
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
