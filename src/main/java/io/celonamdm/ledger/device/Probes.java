package io.celonamdm.ledger.device;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Text;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Devices in doubt that are told to fetch an eSIM, in case one was assigned to them. They stand at PUSH without an
 * eSIM, and are in doubt again once they have been told.
 */
@Repository
@Transactional
public class Probes {
    private final JdbcClient jdbc;

    Probes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns those devices that are being told to fetch an eSIM. */
    @Transactional(readOnly = true)
    public List<Long> among(Collection<Long> devices) {
        return jdbc.sql("select id from device where id in (:ids) and " + DeviceConditions.PROBED)
                .param("ids", devices)
                .query(Long.class)
                .list();
    }

    /** Counts a complete inventory for each device in doubt that was told before and that it shows. */
    public void inventoryShown(SyncName sync) {
        jdbc.sql("""
                        update device set inventories = inventories + 1
                        where sync = :sync and place = 'IN_DOUBT' and probed_at is not null and exists (
                            select 1 from inventory i where i.sync = device.sync and i.eid = device.eid and i.present)
                        """).param("sync", sync.value()).update();
    }

    /** Gives a device in doubt that has shown no eSIM for long enough a code of its own. */
    public void inVain(long device, String reason) {
        jdbc.sql("update device set code = :code, reason = :reason where id = :id and place = 'IN_DOUBT'")
                .param("code", ReasonCode.PROBED_IN_VAIN.name())
                .param("reason", Text.cut(reason, Text.REASON))
                .param("id", device)
                .update();
    }
}
