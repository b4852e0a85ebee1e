package io.celonamdm.ledger.retention;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Rows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds the devices of a person by any text that the ledger has of them. It reads whole tables, so it is for rare use. */
@Repository
@Transactional(readOnly = true)
public class StoredPersons {
    private static final List<String> NAMED = List.of(
            "select d.sync, d.eid from device d where lower(d.name) like :part escape '!'",
            "select d.sync, d.eid from device d where d.id in"
                    + " (select x.device_id from journal_device x where lower(x.name) like :part escape '!')",
            "select d.sync, d.eid from device d where d.id in"
                    + " (select l.device_id from dead_letter l where lower(l.name) like :part escape '!')");

    private final JdbcClient jdbc;
    private final Erasure erasure;

    StoredPersons(JdbcClient jdbc, Erasure erasure) {
        this.jdbc = jdbc;
        this.erasure = erasure;
    }

    /** Devices with the text in their name, user, numbers or attributes, ignoring case, at most {@code limit}. */
    public List<Stored> find(String text, int limit) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Set<Stored.Key> found = new LinkedHashSet<>();
        jdbc.sql("select sync, eid, record from inventory where lower(record) like :part escape '!' order by sync, eid")
                .param("part", part(Json.escaped(wanted)))
                .query(row -> {
                    if (found.size() < limit && isIn(Rows.mdm(row), wanted)) {
                        found.add(new Stored.Key(Rows.sync(row), Rows.eid(row)));
                    }
                });
        for (String named : NAMED) {
            jdbc.sql(named + " order by 1, 2 fetch first :limit rows only")
                    .param("part", part(wanted))
                    .param("limit", limit)
                    .query(row -> {
                        found.add(new Stored.Key(Rows.sync(row), Rows.eid(row)));
                    });
        }
        return found.stream()
                .limit(limit)
                .flatMap(key -> erasure.of(key).stream())
                .toList();
    }

    private static boolean isIn(MdmDevice mdm, String wanted) {
        List<@Nullable String> texts = new ArrayList<>(mdm.attributes().values());
        return Stream.concat(
                        texts.stream(),
                        Stream.of(mdm.name(), mdm.user(), mdm.serialNumber(), Objects.toString(mdm.imei(), "")))
                .anyMatch(text -> text != null && text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static String part(String text) {
        return "%" + text.replaceAll("[!%_]", "!$0") + "%";
    }
}
