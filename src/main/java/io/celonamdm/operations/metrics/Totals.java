package io.celonamdm.operations.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters with values from the ledger. They never decrease, even if the ledger drops data. */
class Totals {
    private final MeterRegistry registry;
    private final Map<Total, AtomicLong> totals = new ConcurrentHashMap<>();

    Totals(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Total(Metric metric, Tags tags) {}

    /** Publishes a value, with its label values in the metric's order. */
    void show(Metric metric, long value, String... labels) {
        totals.computeIfAbsent(new Total(metric, Gauges.tags(metric, labels)), this::register)
                .accumulateAndGet(value, Math::max);
    }

    private AtomicLong register(Total total) {
        AtomicLong value = new AtomicLong();
        FunctionCounter.builder(total.metric.meter(), value, AtomicLong::doubleValue)
                .description(total.metric.help())
                .tags(total.tags)
                .register(registry);
        return value;
    }
}
