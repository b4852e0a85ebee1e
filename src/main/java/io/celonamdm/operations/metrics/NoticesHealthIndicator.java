package io.celonamdm.operations.metrics;

import io.celonamdm.ledger.Channels;
import io.celonamdm.settings.ConnectorSettings;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** The health component {@code notices}: whether notices reach people. It does not affect the overall health. */
@Component
class NoticesHealthIndicator extends AbstractHealthIndicator {
    private final Channels told;
    private final ConnectorSettings settings;

    NoticesHealthIndicator(Channels told, ConnectorSettings settings) {
        this.told = told;
        this.settings = settings;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, Long> late = new TreeMap<>(told.late());
        late.keySet().retainAll(settings.notifications().keySet());
        late.values().removeIf(number -> number == 0);
        health.status(late.isEmpty() ? Status.UP : JobsHealthIndicator.DEGRADED).withDetail("late", late);
    }
}
