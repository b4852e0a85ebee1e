package io.celonamdm.operations;

import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.Backups;
import io.celonamdm.ledger.Backups.Backup;
import io.celonamdm.ledger.Backups.Database;
import io.celonamdm.ledger.Backups.NotHere;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
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

    // actuator takes a parameter as optional by this annotation of Spring's
    @WriteOperation
    WebEndpointResponse<Object> act(String action, @Nullable String reason) {
        if (!action.equalsIgnoreCase(BACKUP)) {
            return Answers.badRequest("the action is %s, not %s".formatted(BACKUP, action));
        }
        if (reason == null || reason.isBlank()) {
            return Answers.noReason();
        }
        try {
            Backup made = backups.make();
            // a backup holds the devices of every sync, and an audit is looked up by sync
            for (Sync sync : syncs.all()) {
                audit.note(Audit.OPERATOR, sync.name(), null, BACKUP, reason.strip(), made.file());
            }
            return new WebEndpointResponse<>(made);
        } catch (NotHere e) {
            return Answers.conflict("backup is not possible: " + e.getMessage());
        }
    }
}
