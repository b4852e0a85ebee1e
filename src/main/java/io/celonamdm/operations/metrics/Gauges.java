package io.celonamdm.operations.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All gauges with labels. Each new set of values replaces the previous one completely. */
class Gauges {
    private final Map<Metric, MultiGauge> gauges = new EnumMap<>(Metric.class);

    Gauges(MeterRegistry registry) {
        Stream.of(Metric.values())
                .filter(metric ->
                        metric.kind() == Metric.Kind.GAUGE && !metric.labels().isEmpty())
                .forEach(metric -> gauges.put(
                        metric,
                        MultiGauge.builder(metric.meter())
                                .description(metric.help())
                                .baseUnit(metric.unit())
                                .register(registry)));
    }

    /** A set of values that appear together. */
    static class Values {
        private final Map<Metric, List<Row<?>>> rows = new EnumMap<>(Metric.class);

        /** Adds a value, with those of its labels in the order of the metric's. */
        void add(Metric metric, Number value, String... labels) {
            rows.computeIfAbsent(metric, key -> new ArrayList<>()).add(Row.of(tags(metric, labels), value));
        }
    }

    static Tags tags(Metric metric, String... labels) {
        Tags tags = Tags.empty();
        for (int i = 0; i < labels.length; i++) {
            tags = tags.and(metric.labels().get(i), labels[i]);
        }
        return tags;
    }

    /** Replaces the previous values. */
    void show(Values values) {
        gauges.forEach((metric, gauge) -> gauge.register(values.rows.getOrDefault(metric, List.of()), true));
    }
}
