package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.DigestUtils;

/**
 * The latest complete pull of the MDM. A running pull is staged beside it, and replaces it only once complete, so no
 * rule reads half a pull. Unchanged records cost no write.
 */
@Repository
public class Inventory {
    /** The fingerprint of a record of which nothing but its EID is left. No record has it. */
    public static final String ERASED = "0".repeat(32);

    private static final int LONGEST = 60_000;

    private final JdbcClient jdbc;
    private final Findings findings;
    private final UsableEids usable;
    private final BrokenRecords broken;
    private final MissingRecords missed;

    Inventory(JdbcClient jdbc, Findings findings, UsableEids usable, BrokenRecords broken, MissingRecords missed) {
        this.jdbc = jdbc;
        this.findings = findings;
        this.usable = usable;
        this.broken = broken;
        this.missed = missed;
    }

    /** A record from the MDM, with a fingerprint to detect changes. */
    private record Shown(Eid eid, MdmDevice device, String fingerprint, boolean fits) {
        static Shown of(Map.Entry<Eid, MdmDevice> record) {
            MdmDevice device = record.getValue();
            byte[] json = Json.bytes(device);
            return new Shown(record.getKey(), device, DigestUtils.md5DigestAsHex(json), json.length <= LONGEST);
        }
    }

    /** Begins a pull for a run, and deletes what an unfinished pull of its sync has staged. */
    @Transactional
    public Pull begin(Run run) {
        forgetStaged(run.sync());
        return new Pull(run, KnownRecords.read(jdbc, run.sync()));
    }

    private void forgetStaged(SyncName sync) {
        jdbc.sql("delete from pulled where sync = :sync")
                .param("sync", sync.value())
                .update();
    }

    /** Stages one page of a pull. Records that cannot be served become findings. */
    @Transactional
    public void stage(Pull pull, List<MdmDevice> page, EidCheck check) {
        pull.counted(page.size());
        Map<Eid, MdmDevice> byEid = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (MdmDevice device : page) {
            Eid eid = usable.eid(pull, device, check);
            if (eid == null && device.excluded() == null) {
                without.add(device.id());
            }
            if (eid != null) {
                MdmDevice rival = byEid.get(eid);
                byEid.put(eid, rival == null ? device : newer(pull, device, rival));
            }
        }
        KnownRecords known = pull.known();
        Map<Eid, Shown> changed = new LinkedHashMap<>();
        for (Shown shown : byEid.entrySet().parallelStream().map(Shown::of).toList()) {
            if (!shown.fits) {
                usable.broken(pull, shown.device, "it has more in it than any record that an MDM shows");
                without.add(shown.device.id());
            } else if (!known.showUnchanged(shown.eid, shown.fingerprint)) {
                changed.put(shown.eid, shown);
            }
        }
        // a device does not lose its EID: if tonight's record lacks it, the device stays as it was
        broken.keep(pull, without);
        SyncName sync = pull.run().sync();
        Map<Eid, MdmDevice> staged = pull.hasStaged() ? records("pulled", sync, changed.keySet()) : Map.of();
        Map<Eid, MdmDevice> again = records(
                "inventory",
                sync,
                changed.keySet().stream()
                        .filter(eid -> !staged.containsKey(eid) && known.isShown(eid))
                        .toList());
        changed.forEach((eid, shown) -> stage(pull, shown, staged.get(eid), again.get(eid)));
    }

    /**
     * Stages a record.
     *
     * @param staged the record that this pull has staged for the EID
     * @param again the known record that this pull has already shown for the EID
     */
    private void stage(Pull pull, Shown shown, @Nullable MdmDevice staged, @Nullable MdmDevice again) {
        Eid eid = shown.eid;
        MdmDevice rival = staged != null ? staged : again;
        if (rival != null && !newer(pull, shown.device, rival).equals(shown.device)) {
            return;
        }
        pull.known().show(eid);
        if (staged == null && pull.known().has(eid, shown.fingerprint)) {
            return;
        }
        pull.staged();
        if (staged != null) {
            jdbc.sql("delete from pulled where sync = :sync and eid = :eid")
                    .param("sync", pull.run().sync().value())
                    .param("eid", eid.value())
                    .update();
        }
        jdbc.sql("insert into pulled (sync, eid, mdm_id, record, fingerprint)"
                        + " values (:sync, :eid, :mdm, :record, :fingerprint)")
                .param("sync", pull.run().sync().value())
                .param("eid", eid.value())
                .param("mdm", shown.device.id())
                .param("record", Json.write(shown.device))
                .param("fingerprint", shown.fingerprint)
                .update();
    }

    private Map<Eid, MdmDevice> records(String table, SyncName sync, Collection<Eid> eids) {
        if (eids.isEmpty()) {
            return Map.of();
        }
        Map<Eid, MdmDevice> records = new HashMap<>();
        jdbc.sql("select k.eid, k.record from " + SqlArrays.EIDS + " join " + table
                        + " k on k.sync = :sync and k.eid = wanted.eid")
                .param("sync", sync.value())
                .param("eids", SqlArrays.eids(eids))
                .query(row -> {
                    records.put(Rows.eid(row), Rows.mdm(row));
                });
        return records;
    }

    /** Returns the later enrolled of two records with one EID. A wiped device leaves its old record behind. */
    private MdmDevice newer(Pull pull, MdmDevice one, MdmDevice other) {
        if (one.id().equals(other.id())) {
            return one;
        }
        MdmDevice newer = laterEnrolled(one, other);
        MdmDevice older = newer.equals(one) ? other : one;
        findings.add(
                pull,
                older,
                ReasonCode.DUPLICATE_EID,
                "record %s has the same EID and was enrolled later; it is the one served".formatted(newer.id()));
        return newer;
    }

    private static MdmDevice laterEnrolled(MdmDevice one, MdmDevice other) {
        Instant enrolled = one.enrolledAt() == null ? Instant.MIN : one.enrolledAt();
        Instant otherEnrolled = other.enrolledAt() == null ? Instant.MIN : other.enrolledAt();
        return enrolled.isBefore(otherEnrolled) ? other : one;
    }

    /** Those of some records that can be served, by EID. */
    public SortedMap<Eid, MdmDevice> usable(Collection<MdmDevice> shown, EidCheck check) {
        SortedMap<Eid, MdmDevice> usable = new TreeMap<>(Comparator.comparing(Eid::value));
        for (MdmDevice device : shown) {
            Eid eid = UsableEids.eid(device, check);
            if (eid != null && Json.bytes(device).length <= LONGEST) {
                usable.merge(eid, device, Inventory::laterEnrolled);
            }
        }
        return usable;
    }

    /** Those of some records that the inventory has never shown, by EID. */
    @Transactional(readOnly = true)
    public SortedMap<Eid, MdmDevice> unknown(SyncName sync, SortedMap<Eid, MdmDevice> usable) {
        SortedMap<Eid, MdmDevice> unknown = new TreeMap<>(usable);
        if (!unknown.isEmpty()) {
            jdbc.sql("select k.eid from " + SqlArrays.EIDS
                            + " join inventory k on k.sync = :sync and k.eid = wanted.eid")
                    .param("sync", sync.value())
                    .param("eids", SqlArrays.eids(unknown.keySet()))
                    .query(row -> {
                        unknown.remove(Rows.eid(row));
                    });
        }
        return unknown;
    }

    /** Adds records that the inventory has never shown. */
    @Transactional
    public void add(SyncName sync, Map<Eid, MdmDevice> unknown) {
        for (Map.Entry<Eid, MdmDevice> each : unknown.entrySet()) {
            Shown shown = Shown.of(each);
            jdbc.sql("insert into inventory (sync, eid, mdm_id, record, fingerprint, present)"
                            + " values (:sync, :eid, :mdm, :record, :fingerprint, true)")
                    .param("sync", sync.value())
                    .param("eid", shown.eid.value())
                    .param("mdm", shown.device.id())
                    .param("record", Json.write(shown.device))
                    .param("fingerprint", shown.fingerprint)
                    .update();
        }
    }

    /**
     * Makes a complete pull the inventory. Gone records that it has shown are back.
     *
     * @param missing what a missing record means
     */
    @Transactional
    public void complete(Pull pull, MissingRecords.Means missing) {
        SyncName sync = pull.run().sync();
        if (!pull.isAdditions()) {
            missed.gone(pull, missing);
        }
        back(pull.known().back());
        if (pull.hasStaged()) {
            jdbc.sql("""
                            merge into inventory i using (select * from pulled where sync = :sync) p
                            on (i.sync = p.sync and i.eid = p.eid)
                            when matched then update set mdm_id = p.mdm_id, record = p.record,
                                fingerprint = p.fingerprint, present = true, gone_at = null
                            when not matched then insert (sync, eid, mdm_id, record, fingerprint, present)
                                values (p.sync, p.eid, p.mdm_id, p.record, p.fingerprint, true)
                            """).param("sync", sync.value()).update();
            forgetStaged(sync);
        }
        findings.count(pull);
    }

    /** One that was erased since the pull began is taken as new by the next pull. */
    private void back(List<Long> ids) {
        Chunks.of(ids)
                .forEach(chunk -> jdbc.sql("update inventory set present = true, gone_at = null where id in (:ids)"
                                + " and fingerprint <> :erased")
                        .param("ids", chunk)
                        .param("erased", ERASED)
                        .update());
    }
}
