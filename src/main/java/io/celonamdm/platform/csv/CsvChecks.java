package io.celonamdm.platform.csv;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.preflight.Check;
import io.celonamdm.preflight.PlatformChecks;
import io.celonamdm.preflight.Seen;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Checks the folder for a sync's exports. */
@Component
public class CsvChecks implements PlatformChecks {
    CsvChecks() {}

    @Override
    public String platform() {
        return "csv";
    }

    @Override
    public List<Check> of(Sync sync) {
        return List.of(Check.here("csv folder", "csv-check-folder"));
    }

    /** Whether the folder is usable, and how many files wait. */
    public Seen folder(@ExchangeProperty("sync") Sync sync) {
        String folder = sync.mdm().folder();
        try {
            int files = Inbox.of(folder).waiting().size();
            return Seen.ok("%s can be read and written; files that wait: %d".formatted(folder, files));
        } catch (IOException e) {
            return Seen.failed(
                    ReasonCode.FOLDER_UNUSABLE,
                    String.valueOf(e.getMessage()),
                    "see docs/csv.md; the folder of connector.syncs.%s.mdm.folder must be there and writable"
                            .formatted(sync.name()));
        }
    }
}
