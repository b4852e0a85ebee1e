package io.celonamdm.ledger.inventory;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Rows;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Handles unreadable records of a pull: reports each one, and leaves its device as it was. */
@Repository
@Transactional
public class BrokenRecords {
    private final JdbcClient jdbc;
    private final Findings findings;

    BrokenRecords(JdbcClient jdbc, Findings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
    }

    /** Handles the unreadable records of a page. */
    public void take(Pull pull, List<BrokenRecord> records) {
        pull.counted(records.size());
        records.forEach(pull::broken);
        note(pull, records);
        keep(pull, records.stream().map(BrokenRecord::id).toList());
    }

    /** Adds findings to report beside the records of the inventory. */
    public void note(Pull pull, List<BrokenRecord> notes) {
        notes.forEach(note -> findings.add(pull, note.id(), note.code(), note.detail()));
    }

    /** Leaves the devices of these records as they were. */
    void keep(Pull pull, List<String> records) {
        List<String> ids = records.stream()
                .filter(id -> !id.isBlank() && id.length() <= Findings.MDM_ID)
                .toList();
        Chunks.of(ids)
                .forEach(chunk -> jdbc.sql("select eid from inventory where sync = :sync and mdm_id in (:ids)")
                        .param("sync", pull.run().sync().value())
                        .param("ids", chunk)
                        .query((row, number) -> Rows.eid(row))
                        .list()
                        .forEach(pull.known()::keep));
    }
}
