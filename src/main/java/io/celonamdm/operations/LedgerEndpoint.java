package io.celonamdm.operations;

import io.celonamdm.control.Reason;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.database.Backups;
import io.celonamdm.ledger.database.Backups.Backup;
import io.celonamdm.ledger.database.Backups.Database;
import io.celonamdm.ledger.database.Backups.NotHere;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/** The ledger's database, {@code GET /actuator/ledger}, and a backup of it while it is in use, {@code POST}. */
@Component
@Endpoint(id = "ledger")
class LedgerEndpoint {
    private static final String BACKUP = "backup";

    private final Backups backups;
    private final Audit audit;
    private final Syncs syncs;

    LedgerEndpoint(Backups backups, Audit audit, Syncs syncs) {
        this.backups = backups;
        this.audit = audit;
        this.syncs = syncs;
    }

    @ReadOperation
    Database show() {
        return backups.database();
    }

    // actuator treats @Nullable parameters as optional
    @WriteOperation
    Backup act(String action, @Nullable String reason) {
        if (!action.equalsIgnoreCase(BACKUP)) {
            throw RequestRejected.invalid("the action is %s, not %s".formatted(BACKUP, action));
        }
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
