package io.celonamdm.bench;

import java.util.List;

/**
 * What was measured of one thing.
 *
 * @param name what it is
 * @param unit the unit of the samples
 * @param product samples of the connector
 * @param baseline samples of what it is measured against, taken in turn with the product's; empty if the target is a limit
 * @param target the largest ratio of the medians, or the largest median of the product if there is no baseline
 */
record Figure(String name, String unit, List<Double> product, List<Double> baseline, double target) {
    /** A figure whose target is a ratio. */
    static Figure ratio(String name, String unit, List<Double> product, List<Double> baseline, double target) {
        return new Figure(name, unit, List.copyOf(product), List.copyOf(baseline), target);
    }

    /** A figure whose target is a limit. */
    static Figure limit(String name, String unit, List<Double> product, double target) {
        return new Figure(name, unit, List.copyOf(product), List.of(), target);
    }

    /** What is held against the target. */
    double value() {
        return baseline.isEmpty() ? median(product) : median(product) / median(baseline);
    }

    /** Whether the target is met. */
    boolean met() {
        return value() <= target;
    }

    /** The middle one of the samples, or the mean of the two in the middle. */
    static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
