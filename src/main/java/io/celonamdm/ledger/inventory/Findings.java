package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.database.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Inventory records that a pull could not accept as they are. All are counted; those worth a look are stored. */
@Repository
@Transactional
class Findings {
    static final int MDM_ID = 64;

    private final JdbcClient jdbc;

    Findings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Pull pull, MdmDevice device, ReasonCode code, String detail) {
        add(pull, device.id(), code, detail);
    }

    void add(Pull pull, String record, ReasonCode code, String detail) {
        pull.found(code);
        jdbc.sql("insert into finding (run_id, mdm_id, code, detail) values (:run, :mdm, :code, :detail)")
                .param("run", pull.run().id())
                .param("mdm", Text.cut(record, MDM_ID))
                .param("code", code.name())
                .param("detail", Text.cut(detail, Text.REASON))
                .update();
    }

    void count(Pull pull) {
        pull.findings()
                .forEach((code, records) -> jdbc.sql(
                                "insert into finding_count (run_id, code, records) values (:run, :code, :records)")
                        .param("run", pull.run().id())
                        .param("code", code.name())
                        .param("records", records)
                        .update());
        jdbc.sql("delete from finding where run_id in (select id from run where sync = :sync and id < :run)")
                .param("sync", pull.run().sync().value())
                .param("run", pull.run().id())
                .update();
    }
}
