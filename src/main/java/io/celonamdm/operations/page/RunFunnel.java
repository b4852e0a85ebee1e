package io.celonamdm.operations.page;

import io.celonamdm.ledger.report.DeviceCounts.Reached;
import io.celonamdm.sync.RunReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The progress of a run's devices.
 *
 * @param devices the number of devices in the run
 * @param stages the number of devices per stage, the first step first
 * @param rest the devices of the sync that do not go on by themselves, or not yet
 */
record RunFunnel(long devices, List<Stage> stages, List<Stage> rest) {
    /** The number of devices that reached a stage. */
    record Stage(String name, long devices) {}

    static RunFunnel of(RunReport report) {
        Reached reached = report.reached();
        List<Stage> stages = List.of(
                new Stage("admitted", reached.admitted()),
                new Stage("assigned", reached.assigned()),
                new Stage("pushed", reached.pushed()),
                new Stage("activated", reached.activated()),
                new Stage("grouped", reached.grouped()),
                new Stage("done", reached.done()));
        // devices of earlier nights that continue in this run are not in its plan
        List<Stage> rest = List.of(
                new Stage("waiting", sum(report.waiting())),
                new Stage("held back", sum(report.held())),
                new Stage("in doubt", report.inDoubt()),
                new Stage("dead letters", sum(report.deadLetters())));
        long most = Stream.concat(stages.stream(), rest.stream())
                .mapToLong(Stage::devices)
                .max()
                .orElse(0);
        return new RunFunnel(Math.max(report.planned(), most), stages, rest);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
