package io.celonamdm.ledger.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/** Reads a list in which a row that this version does not understand hides no other. */
public final class KnownRows {
    private static final Logger LOG = LoggerFactory.getLogger(KnownRows.class);
    private static final int MOST_TOLD = 100;
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private KnownRows() {}

    /** All rows but those with an {@link UnknownWord}, each of which the log names once. */
    public static <T> ResultSetExtractor<List<T>> of(RowMapper<T> mapper) {
        return rows -> {
            List<T> known = new ArrayList<>();
            while (rows.next()) {
                try {
                    known.add(mapper.mapRow(rows, known.size()));
                } catch (UnknownWord e) {
                    tell(rows, e);
                }
            }
            return known;
        };
    }

    private static void tell(ResultSet row, UnknownWord word) throws SQLException {
        String text = "%s of sync %s".formatted(word.getMessage(), row.getString("sync"));
        if (TOLD.size() < MOST_TOLD && TOLD.add(text)) {
            LOG.error(
                    "the ledger has rows that this version does not know, which are passed over: {}; correct them, or"
                            + " start the version that wrote them",
                    text);
        }
    }
}
