package io.celonamdm.ledger.retention;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.retention.Deletions.Counted;
import io.celonamdm.ledger.retention.Stored.Remains;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases the data of one device, in one transaction: because a person asks for it, or because it has outlived its time.
 * What decides whether its EID may get an eSIM stays, unless a person has confirmed that its eSIM no longer exists.
 */
@Repository
@Transactional
public class Erasure {
    /** Shorter texts are parts of too many words. */
    private static final int SHORTEST = 3;

    private static final String MASK = "***";

    private static final String SELECT = """
            select k.sync, k.eid, d.id, d.place, d.name, i.id as record_id, i.mdm_id, i.record,
                coalesce(i.present, false) as present, coalesce(i.fingerprint, '') = '%2$s' as erased,
                coalesce(s.configured_at < :orphaned, false) as orphaned,
                case when d.id is null or d.place = 'RETIRED' or (d.place = 'HELD' and d.step = 'ASSIGN'
                    and d.code <> 'HELD_BY_OPERATOR' and d.iccid is null and d.request_id is null
                    and not exists (select 1 from journal_device x where x.device_id = d.id)
                    and not exists (select 1 from former_esim f where f.device_id = d.id)) then 'NOTHING'
                else 'RECORD' end as remains
            from (select sync, eid from inventory where %1$s union select sync, eid from device where %1$s) k
            left join device d on d.sync = k.sync and d.eid = k.eid
            left join inventory i on i.sync = k.sync and i.eid = k.eid
            left join sync s on s.name = k.sync
            order by k.sync, k.eid
            """;

    private static final String ANY = "eid = :eid";

    private static final String ONE = "sync = :sync and eid = :eid";

    /** Entries of the sync, and of those that had the device before and have nothing else of it. */
    private static final String AUDITED = """
            eid = :eid and (sync = :sync or not exists (
                    select 1 from inventory i where i.sync = audit.sync and i.eid = audit.eid)
                and not exists (select 1 from device d where d.sync = audit.sync and d.eid = audit.eid))""";

    /** After this time in the settings of no process, no pull of a sync says any longer what its MDM shows. */
    private static final Duration ORPHANED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Deletions deletions;
    private final Clock clock;

    Erasure(JdbcClient jdbc, Deletions deletions, Clock clock) {
        this.jdbc = jdbc;
        this.deletions = deletions;
        this.clock = clock;
    }

    private record Found(
            Stored stored,
            @Nullable Long device,
            @Nullable Long recordId,
            String mdmId,
            @Nullable MdmDevice mdm) {}

    /** What the ledger has of an EID, in each sync. */
    @Transactional(readOnly = true)
    public List<Stored> of(Eid eid) {
        return jdbc.sql(SELECT.formatted(ANY, Inventory.ERASED))
                .param("eid", eid.value())
                .param("orphaned", orphaned())
                .query((row, number) -> found(row).stored)
                .list();
    }

    /** What the ledger has of a device of a sync. */
    @Transactional(readOnly = true)
    public Optional<Stored> of(Stored.Key key) {
        return find(key).map(Found::stored);
    }

    private Optional<Found> find(Stored.Key key) {
        return of(key, SELECT.formatted(ONE, Inventory.ERASED))
                .param("orphaned", orphaned())
                .query((row, number) -> found(row))
                .optional();
    }

    private OffsetDateTime orphaned() {
        return Times.of(clock.instant().minus(ORPHANED));
    }

    /**
     * Erases the data of a device, if nothing prevents it.
     *
     * @return what it was before; its obstacle says why it stays as it is
     */
    public Optional<Stored> erase(Stored.Key key) {
        deletions.begin();
        Optional<Found> found = locked(key);
        found.filter(each -> each.stored.obstacle() == null).ifPresent(each -> {
            if (each.stored.remains() == Remains.NOTHING) {
                forget(each);
                forgetAudit(key);
            } else {
                reduce(each);
            }
        });
        return found.map(Found::stored);
    }

    /** Erases what has outlived its time. A retired device stays retired, and a person's words stay in the audit. */
    void outlived(Stored.Key key) {
        locked(key).filter(each -> each.stored.obstacle() == null).ifPresent(each -> {
            if (each.stored.remains() == Remains.NOTHING && each.stored.place() != Place.RETIRED) {
                forget(each);
            } else {
                reduce(each);
            }
        });
    }

    /** The device, which neither a firing nor a pull can change before the transaction ends. */
    private Optional<Found> locked(Stored.Key key) {
        for (String table : List.of("device", "inventory")) {
            of(key, "select id from " + table + " where " + ONE + " for update")
                    .query(Long.class)
                    .list();
        }
        return find(key);
    }

    /** Leaves nothing of the device. */
    private void forget(Found found) {
        if (found.device != null) {
            forgetCalls(found, found.device);
        }
        forgetRecord(found);
        for (String table : List.of("drift", "reading", "inventory")) {
            of(found.stored.key(), "delete from " + table + " where " + ONE).update();
        }
        if (found.device != null) {
            deletions.delete(Counted.DONE, List.of(found.device));
        }
    }

    private void forgetCalls(Found found, long device) {
        Set<String> texts = personal(found);
        texts.add(found.stored.eid().value());
        texts.addAll(texts("select iccid from journal_device where device_id = :id", device));
        mask(texts, device);
        List<Long> entries = ids("select journal_id from journal_device where device_id = :id", device);
        update("delete from journal_device where device_id = :id", device);
        if (!entries.isEmpty()) {
            jdbc.sql("delete from journal where id in (:ids) and not exists"
                            + " (select 1 from journal_device x where x.journal_id = journal.id)")
                    .param("ids", entries)
                    .update();
        }
        deletions.delete(Counted.DEAD_LETTER, ids("select id from dead_letter where device_id = :id", device));
        update("delete from follow_up where device_id = :id", device);
        update("delete from former_esim where device_id = :id", device);
    }

    /** Leaves EID, eSIM, place, step, times and the enrolment, which say how the device goes on if it returns. */
    private void reduce(Found found) {
        Set<String> texts = personal(found);
        if (found.device != null) {
            mask(texts, found.device);
            update("update journal_device set name = null where device_id = :id", found.device);
            update(
                    "update dead_letter set name = null, device_group = null, mdm_id = null where device_id = :id",
                    found.device);
            update("update device set name = null, device_group = null where id = :id", found.device);
        }
        Stored.Key key = found.stored.key();
        texts.forEach(text -> List.of("reason", "detail")
                .forEach(column -> of(key, masked("audit", column, AUDITED))
                        .param("text", text)
                        .update()));
        forgetRecord(found);
        of(key, "delete from drift where " + ONE + " and code <> '" + ReasonCode.GONE_FROM_MDM + "'")
                .update();
        of(
                        key,
                        "update inventory set mdm_id = '', record = :record, fingerprint = :erased, present = false, gone_at = null where "
                                + ONE)
                .param(
                        "record",
                        Json.write(MdmDevice.builder("")
                                .eid(found.stored.eid().value())
                                .build()))
                .param("erased", Inventory.ERASED)
                .update();
    }

    private void forgetRecord(Found found) {
        if (found.recordId != null) {
            update("delete from missed where inventory_id = :id", found.recordId);
        }
        if (!found.mdmId.isEmpty()) {
            jdbc.sql(
                            "delete from finding where mdm_id = :mdm and run_id in (select r.id from run r where r.sync = :sync)")
                    .param("mdm", found.mdmId)
                    .param("sync", found.stored.sync().value())
                    .update();
        }
    }

    private void forgetAudit(Stored.Key key) {
        deletions.delete(
                Counted.AUDIT,
                of(key, "select id from audit where " + AUDITED)
                        .query(Long.class)
                        .list());
    }

    /** Texts that say whose device it is. */
    private Set<String> personal(Found found) {
        List<@Nullable String> texts = new ArrayList<>();
        MdmDevice mdm = found.mdm;
        if (mdm != null) {
            texts.addAll(Arrays.asList(mdm.name(), mdm.user(), mdm.serialNumber(), mdm.imei()));
        }
        texts.add(found.stored.name());
        if (found.device != null) {
            for (String table : List.of("journal_device", "dead_letter")) {
                texts.addAll(texts("select name from " + table + " where device_id = :id", found.device));
            }
        }
        return texts.stream()
                .flatMap(Stream::ofNullable)
                .filter(text -> text.length() >= SHORTEST)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The distinct texts that a query finds, without empty ones. */
    private List<String> texts(String sql, long device) {
        Set<String> texts = new LinkedHashSet<>();
        jdbc.sql(sql).param("id", device).query(row -> {
            if (row.getString(1) != null) {
                texts.add(row.getString(1));
            }
        });
        return List.copyOf(texts);
    }

    private List<Long> ids(String sql, long device) {
        return jdbc.sql(sql).param("id", device).query(Long.class).list();
    }

    /** Masks texts in what vendors said of a device; the answer to a batch keeps what it says of the others. */
    private void mask(Collection<String> texts, long device) {
        for (String text : written(texts)) {
            String calls = "id in (select journal_id from journal_device where device_id = :id)";
            for (String sql : List.of(
                    masked("journal", "answer", calls),
                    masked("journal", "late_answer", calls),
                    masked("dead_letter", "reason", "device_id = :id"),
                    masked("follow_up", "reason", "device_id = :id"),
                    masked("device", "reason", "id = :id"))) {
                jdbc.sql(sql).param("text", text).param("id", device).update();
            }
        }
    }

    /** The texts, and how JSON writes them. */
    private static Set<String> written(Collection<String> texts) {
        Set<String> written = new LinkedHashSet<>(texts);
        texts.forEach(text -> written.add(Json.escaped(text)));
        return written;
    }

    /** Masks the parameter {@code text} in a column. */
    private static String masked(String table, String column, String which) {
        return """
                update %1$s set %2$s = replace(%2$s, cast(:text as varchar), '%3$s')
                where %4$s and position(cast(:text as varchar) in %2$s) > 0
                """.formatted(table, column, MASK, which);
    }

    private void update(String sql, long id) {
        jdbc.sql(sql).param("id", id).update();
    }

    private StatementSpec of(Stored.Key key, String sql) {
        return jdbc.sql(sql)
                .param("sync", key.sync().value())
                .param("eid", key.eid().value());
    }

    private static Found found(ResultSet row) throws SQLException {
        MdmDevice mdm = row.getString("record") == null ? null : Rows.mdm(row);
        String at = row.getString("place");
        Place place = Rows.known(at, Place.class).orElse(null);
        String sent = row.getString("name");
        Remains remains = Rows.word(row, "remains", Remains.class);
        Stored stored = new Stored(
                Rows.sync(row),
                Rows.eid(row),
                mdm == null || mdm.name().isEmpty() ? sent : mdm.name(),
                mdm == null ? null : mdm.user(),
                mdm == null ? null : mdm.serialNumber(),
                place,
                at != null && place == null
                        ? "the ledger says that it is at %s, which this version does not know".formatted(at)
                        : obstacle(
                                place,
                                row.getBoolean("present"),
                                remains == Remains.RECORD && row.getBoolean("erased"),
                                row.getBoolean("orphaned")),
                remains);
        String mdmId = row.getString("mdm_id");
        return new Found(
                stored,
                row.getObject("id", Long.class),
                row.getObject("record_id", Long.class),
                mdmId == null ? "" : mdmId,
                mdm);
    }

    private static @Nullable String obstacle(@Nullable Place place, boolean present, boolean erased, boolean orphaned) {
        if (present && !orphaned) {
            return "the MDM still shows the device, and the next pull would store it again; remove it from the MDM, or from"
                    + " what the sync's filter takes, and wait for two complete pulls";
        }
        if (erased) {
            return "only EID, eSIM, place and times are left; once the device is retired, they can be erased as well";
        }
        if (place == null) {
            return null;
        }
        return switch (place) {
            case WAITING ->
                orphaned ? null : "the device is being worked on; the next plan holds it as GONE, or hold or retire it";
            case IN_FLIGHT -> "a call is being made for the device; ask again in a moment";
            case IN_DOUBT -> "it is in doubt whether the device got an eSIM, which must be decided first";
            case HELD, DEAD, DONE, RETIRED -> null;
        };
    }
}
