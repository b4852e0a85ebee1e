package io.celonamdm.ledger;

import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Json;
import io.celonamdm.platform.MdmDevice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.DigestUtils;

/**
 * What the MDM shows. A pull under way is staged beside the inventory, and only a complete one replaces it, so that no
 * rule ever reads half a pull. Records that did not change cost no write.
 */
@Repository
public class Inventory {
    private final JdbcClient jdbc;
    private final Findings findings;
    private final UsableEids usable;

    Inventory(JdbcClient jdbc, Findings findings, UsableEids usable) {
        this.jdbc = jdbc;
        this.findings = findings;
        this.usable = usable;
    }

    /** A record that is known, without what it says. */
    private record Known(String table, long id, String mdmId, String fingerprint) {}

    /** Forgets what an unfinished pull of the sync has staged. */
    @Transactional
    public void begin(String sync) {
        jdbc.sql("delete from pulled where sync = :sync").param("sync", sync).update();
    }

    /** Stages one page of a pull. Records that cannot be served become findings. */
    @Transactional
    public void stage(Pull pull, List<MdmDevice> page, EidCheck check) {
        pull.counted(page.size());
        Map<String, MdmDevice> byEid = new LinkedHashMap<>();
        for (MdmDevice device : page) {
            String eid = usable.eid(pull, device, check);
            if (eid != null) {
                MdmDevice rival = byEid.get(eid);
                byEid.put(eid, rival == null ? device : newer(pull, device, rival));
            }
        }
        if (byEid.isEmpty()) {
            return;
        }
        String sync = pull.run().sync();
        Map<String, Known> staged = pull.hasStaged() ? known("0 as id", "pulled", sync, byEid) : Map.of();
        Map<String, Known> kept = known("k.id", "inventory", sync, byEid);
        byEid.forEach((eid, device) -> stage(pull, eid, device, staged.get(eid), kept.get(eid)));
    }

    private void stage(Pull pull, String eid, MdmDevice device, @Nullable Known staged, @Nullable Known kept) {
        Known shown = staged != null ? staged : kept != null && pull.hasSeen(kept.id) ? kept : null;
        if (shown != null
                && !shown.mdmId.equals(device.id())
                && !newer(pull, device, record(shown.table, pull.run().sync(), eid))
                        .equals(device)) {
            return;
        }
        if (kept != null) {
            pull.saw(kept.id);
        }
        String record = Json.write(device);
        String fingerprint = DigestUtils.md5DigestAsHex(record.getBytes(StandardCharsets.UTF_8));
        if (staged == null && kept != null && kept.fingerprint.equals(fingerprint)) {
            return;
        }
        pull.staged();
        if (staged != null) {
            jdbc.sql("delete from pulled where sync = :sync and eid = :eid")
                    .param("sync", pull.run().sync())
                    .param("eid", eid)
                    .update();
        }
        jdbc.sql("insert into pulled (sync, eid, mdm_id, record, fingerprint)"
                        + " values (:sync, :eid, :mdm, :record, :fingerprint)")
                .param("sync", pull.run().sync())
                .param("eid", eid)
                .param("mdm", device.id())
                .param("record", record)
                .param("fingerprint", fingerprint)
                .update();
    }

    private MdmDevice record(String table, String sync, String eid) {
        String record = jdbc.sql("select record from " + table + " where sync = :sync and eid = :eid")
                .param("sync", sync)
                .param("eid", eid)
                .query(String.class)
                .single();
        return Json.read(record, MdmDevice.class);
    }

    private Map<String, Known> known(String id, String table, String sync, Map<String, MdmDevice> page) {
        Map<String, Known> known = new HashMap<>();
        jdbc.sql("select " + id + ", k.eid, k.mdm_id, k.fingerprint from " + Wanted.EIDS + " join " + table
                        + " k on k.sync = :sync and k.eid = wanted.eid")
                .param("sync", sync)
                .param("eids", Wanted.eids(page.keySet()))
                .query(row -> {
                    known.put(
                            row.getString("eid"),
                            new Known(table, row.getLong("id"), row.getString("mdm_id"), row.getString("fingerprint")));
                });
        return known;
    }

    /** Of two records with one EID, the one enrolled later; a device that was wiped leaves its old record behind. */
    private MdmDevice newer(Pull pull, MdmDevice one, MdmDevice other) {
        if (one.id().equals(other.id())) {
            return one;
        }
        Instant enrolled = one.enrolledAt() == null ? Instant.MIN : one.enrolledAt();
        Instant otherEnrolled = other.enrolledAt() == null ? Instant.MIN : other.enrolledAt();
        MdmDevice newer = enrolled.isBefore(otherEnrolled) ? other : one;
        MdmDevice older = newer.equals(one) ? other : one;
        findings.add(
                pull,
                older,
                ReasonCode.DUPLICATE_EID,
                "record %s has the same EID and was enrolled later; it is the one served".formatted(newer.id()));
        return newer;
    }

    /** Makes a complete pull the inventory. */
    @Transactional
    public void complete(Pull pull) {
        String sync = pull.run().sync();
        follow(pull);
        if (pull.hasStaged()) {
            jdbc.sql("""
                            merge into inventory i using (select * from pulled where sync = :sync) p
                            on (i.sync = p.sync and i.eid = p.eid)
                            when matched then update set mdm_id = p.mdm_id, record = p.record,
                                fingerprint = p.fingerprint, present = true
                            when not matched then insert (sync, eid, mdm_id, record, fingerprint, present)
                                values (p.sync, p.eid, p.mdm_id, p.record, p.fingerprint, true)
                            """).param("sync", sync).update();
            begin(sync);
        }
        findings.count(pull);
    }

    /** Of what was not staged, what the pull has not shown is gone, and what it has shown again is back. */
    private void follow(Pull pull) {
        List<Long> gone = new ArrayList<>();
        List<Long> back = new ArrayList<>();
        String unstaged = pull.hasStaged()
                ? " and not exists (select 1 from pulled p where p.sync = i.sync and p.eid = i.eid)"
                : "";
        jdbc.sql("select i.id, i.present from inventory i where i.sync = :sync" + unstaged)
                .param("sync", pull.run().sync())
                .query(row -> {
                    long id = row.getLong("id");
                    boolean seen = pull.hasSeen(id);
                    if (seen != row.getBoolean("present") && (seen || !pull.isAdditions())) {
                        (seen ? back : gone).add(id);
                    }
                });
        present(gone, false);
        present(back, true);
    }

    private void present(List<Long> ids, boolean present) {
        for (int from = 0; from < ids.size(); from += 1000) {
            jdbc.sql("update inventory set present = :present where id in (:ids)")
                    .param("present", present)
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + 1000)))
                    .update();
        }
    }
}
