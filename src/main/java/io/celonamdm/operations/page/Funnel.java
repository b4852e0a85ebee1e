package io.celonamdm.operations.page;

import io.celonamdm.ledger.DeviceCounts.Reached;
import io.celonamdm.sync.RunReport;
import java.util.List;

/**
 * How far the devices of a run have come.
 *
 * @param devices how many the run works on
 * @param stages what they have reached, the first step first
 */
record Funnel(long devices, List<Stage> stages) {
    /** How many devices have reached something. */
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
        // devices of earlier nights, which go on in this run, are in no plan of it
        long most = stages.stream().mapToLong(Stage::devices).max().orElse(0);
        return new Funnel(Math.max(report.planned(), most), stages);
    }
}
