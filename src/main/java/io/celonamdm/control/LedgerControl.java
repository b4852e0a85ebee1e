package io.celonamdm.control;

import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.database.Backups;
import io.celonamdm.ledger.database.Backups.Backup;
import io.celonamdm.ledger.database.Backups.NotHere;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Backs up the ledger for a person, while it is in use. */
@Component
public class LedgerControl {
    private static final String BACKUP = "backup";

    private final Backups backups;
    private final Audit audit;
    private final Syncs syncs;

    LedgerControl(Backups backups, Audit audit, Syncs syncs) {
        this.backups = backups;
        this.audit = audit;
        this.syncs = syncs;
    }

    /**
     * Makes a backup.
     *
     * @param reason why, for the audit
     * @throws RequestRejected if the reason is missing, or the ledger cannot be backed up here
     */
    public Backup backup(@Nullable String reason) {
        String why = Reason.required(reason);
        try {
            Backup made = backups.make();
            // a backup holds the devices of every sync, and an audit is looked up by sync
            for (Sync sync : syncs.all()) {
                audit.note(Audit.OPERATOR, sync.name(), null, BACKUP, why, made.file());
            }
            return made;
        } catch (NotHere e) {
            throw RequestRejected.conflict("backup is not possible: " + e.getMessage());
        }
    }
}
