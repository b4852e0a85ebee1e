package io.celonamdm.operations;

import io.celonamdm.control.LedgerControl;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.ledger.database.Backups;
import io.celonamdm.ledger.database.Backups.Backup;
import io.celonamdm.ledger.database.Backups.Database;
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
    private final LedgerControl control;

    LedgerEndpoint(Backups backups, LedgerControl control) {
        this.backups = backups;
        this.control = control;
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
        return control.backup(reason);
    }
}
