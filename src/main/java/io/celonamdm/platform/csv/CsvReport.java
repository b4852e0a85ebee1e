package io.celonamdm.platform.csv;

import io.celonamdm.ledger.DeviceStates;
import io.celonamdm.ledger.Pull;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts away the files that a run has planned from, and keeps the results beside them up to date. A file is moved only
 * after the plan is in the ledger: a crash in between has it read again, which changes nothing.
 */
@Component
public class CsvReport {
    private static final Logger LOG = LoggerFactory.getLogger(CsvReport.class);

    private final Runs runs;
    private final DeviceStates states;
    private final QrPack qr;
    private final Clock clock;

    CsvReport(Runs runs, DeviceStates states, QrPack qr, Clock clock) {
        this.runs = runs;
        this.states = states;
        this.qr = qr;
        this.clock = clock;
    }

    /** Writes what a firing has changed; a firing that only planned leaves the folder as it is. */
    public void write(
            @ExchangeProperty("sync") Sync sync,
            @ExchangeProperty("pull") @Nullable Pull pull,
            @ExchangeProperty("taking") @Nullable Taking taking) {
        try {
            if (taking != null) {
                taking.close();
            }
            if (pull == null || !pull.run().planOnly()) {
                write(sync, taking, pull != null && isPlanned(pull));
            }
        } catch (IOException e) {
            // the devices go on all the same; the next firing writes what is missing
            LOG.warn(
                    "files in mdm.folder {} could not be written: {}",
                    sync.mdm().folder(),
                    e.toString());
        }
    }

    private void write(Sync sync, @Nullable Taking taking, boolean planned) throws IOException {
        Inbox inbox = Inbox.of(sync.mdm().folder());
        DoneFiles done =
                new DoneFiles(inbox, clock.instant(), sync.settings().confirm().deadline());
        if (taking != null && planned) {
            for (CsvFile file : taking.files()) {
                done.take(file.stamp());
            }
            for (Map.Entry<FileStamp, String> refused : taking.refused().entrySet()) {
                done.refuse(refused.getKey(), refused.getValue());
            }
        }
        ResultFile results = new ResultFile(states, sync.name(), sync.mdm().eidCheck());
        done.refresh(results, sync.mdm().csv().columns());
        if (sync.mdm().csv().qr()) {
            qr.write(sync, inbox.qr());
        }
    }

    private boolean isPlanned(Pull pull) {
        return runs.find(pull.run().id())
                .filter(run -> run.pull() == Run.Pull.DONE)
                .isPresent();
    }
}
