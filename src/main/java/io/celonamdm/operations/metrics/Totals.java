package io.celonamdm.operations.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters whose values the ledger knows. They never go down, even where the ledger forgets something. */
class Totals {
    private final MeterRegistry registry;
    private final Map<Total, AtomicLong> totals = new ConcurrentHashMap<>();

    Totals(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Total(Metric metric, Tags tags) {}

    /** Shows a value, with those of its labels in the order of the metric's. */
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
