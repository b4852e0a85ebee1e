package io.celonamdm.work;

import io.celonamdm.device.FleetReport;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.report.DeviceReports;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.sync.Sync;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives the platform's report route the state of the devices. */
@Component
public class FleetReports {
    private final Runs runs;
    private final DeviceReports reports;

    FleetReports(Runs runs, DeviceReports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    /** The report of a firing that has ended. */
    public FleetReport of(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("pull") @Nullable Pull pull) {
        boolean planOnly = pull != null && pull.run().planOnly();
        boolean planned = pull != null
                && runs.find(pull.run().id())
                        .filter(run -> run.pull() == Run.PullState.DONE)
                        .isPresent();
        return new Report(reports, sync.name(), planned, planOnly);
    }

    /** Reads the ledger each time it is asked. */
    private record Report(DeviceReports reports, SyncName sync, boolean planned, boolean planOnly)
            implements FleetReport {
        @Override
        public Iterable<Row> devices() {
            return () -> reports.all(sync).iterator();
        }

        @Override
        public Iterable<Row> downloads() {
            return () -> reports.allDownloading(sync).iterator();
        }

        @Override
        public Map<String, Row> of(Collection<String> eids) {
            return reports.of(sync, eids);
        }
    }
}
