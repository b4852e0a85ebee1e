package io.celonamdm.platform.csv;

import io.celonamdm.device.FleetReport;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Archives the files that a run planned from, and keeps the results beside them current. A file is moved only after the
 * plan is in the ledger: after a crash in between it is read again, which changes nothing.
 */
@Component
public class CsvReport {
    private static final Logger LOG = LoggerFactory.getLogger(CsvReport.class);

    private final QrPack qr;
    private final Clock clock;

    CsvReport(QrPack qr, Clock clock) {
        this.qr = qr;
        this.clock = clock;
    }

    /** Writes what a firing changed; a firing that only planned leaves the folder unchanged. */
    public void write(
            @ExchangeProperty("sync") Sync sync,
            @ExchangeProperty("taking") @Nullable Taking taking,
            @Body FleetReport report) {
        try {
            if (taking != null) {
                taking.close();
            }
            if (!report.planOnly()) {
                update(sync, taking, report);
            }
        } catch (IOException e) {
            // the devices continue regardless; the next firing writes what is missing
            LOG.warn(
                    "files in mdm.folder {} could not be written: {}",
                    sync.mdm().folder(),
                    e.toString());
        }
    }

    private void update(Sync sync, @Nullable Taking taking, FleetReport report) throws IOException {
        Inbox inbox = Inbox.of(sync.mdm().folder());
        DoneFiles done =
                new DoneFiles(inbox, clock.instant(), sync.settings().confirm().deadline());
        OneByOne writes = new OneByOne();
        if (taking != null && report.planned()) {
            taking.files().forEach(file -> writes.write(() -> done.take(file.stamp())));
            taking.refused().forEach((file, reason) -> writes.write(() -> done.refuse(file, reason)));
        }
        ResultFile results = new ResultFile(report, sync.mdm().eidCheck());
        writes.write(() -> done.refresh(results, sync.mdm().csv().columns()));
        if (sync.mdm().csv().qr()) {
            writes.write(() -> qr.write(sync.name().value(), report, inbox.qr()));
        }
        writes.end();
    }
}
