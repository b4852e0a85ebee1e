package io.celonamdm.operations.page;

import io.celonamdm.ledger.DeviceCounts.Reached;
import io.celonamdm.sync.RunReport;
import java.util.List;

/**
 * The progress of a run's devices.
 *
 * @param devices the number of devices in the run
 * @param stages the number of devices per stage, the first step first
 */
record Funnel(long devices, List<Stage> stages) {
    /** The number of devices that reached a stage. */
    record Stage(String name, long devices) {}

    static Funnel of(RunReport report) {
        Reached reached = report.reached();
        List<Stage> stages = List.of(
                new Stage("admitted", reached.admitted()),
                new Stage("assigned", reached.assigned()),
                new Stage("pushed", reached.pushed()),
                new Stage("activated", reached.activated()),
                new Stage("grouped", reached.grouped()),
                new Stage("done", reached.done()));
        // devices of earlier nights that continue in this run are not in its plan
        long most = stages.stream().mapToLong(Stage::devices).max().orElse(0);
        return new Funnel(Math.max(report.planned(), most), stages);
    }
}
