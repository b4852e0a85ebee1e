package io.celonamdm.ledger.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Converts instants for both databases: with a time zone, truncated to milliseconds. */
public final class Times {
    private Times() {}

    public static OffsetDateTime of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }

    public static @Nullable Instant nullable(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Reads an instant; fails if the column is empty. */
    public static Instant required(ResultSet row, String column) throws SQLException {
        Instant instant = nullable(row, column);
        if (instant == null) {
            throw new IllegalStateException(column + " is empty");
        }
        return instant;
    }
}
