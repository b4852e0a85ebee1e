package io.celonamdm.ledger.database;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the columns that many tables share, and columns that may be empty. */
public final class Rows {
    private static final Set<String> CODES =
            Stream.of(ReasonCode.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private Rows() {}

    public static SyncName sync(ResultSet row) throws SQLException {
        return new SyncName(row.getString("sync"));
    }

    public static Eid eid(ResultSet row) throws SQLException {
        return new Eid(row.getString("eid"));
    }

    public static Step step(ResultSet row) throws SQLException {
        return Step.valueOf(row.getString("step"));
    }

    /** Reads place and step of a device; one without a step repeats its place there. */
    public static Position position(ResultSet row) throws SQLException {
        return Position.of(place(row), row.getString("step"));
    }

    /** Whether a device has a place, step or code that does not exist, or they do not fit together, as after a manual change. */
    public static boolean contradictsItself(ResultSet row) throws SQLException {
        String code = row.getString("code");
        return Position.read(row.getString("place"), row.getString("step")).isEmpty()
                || !(code == null || CODES.contains(code));
    }

    public static Place place(ResultSet row) throws SQLException {
        return Place.valueOf(row.getString("place"));
    }

    public static @Nullable ReasonCode code(ResultSet row) throws SQLException {
        return optional(row, "code", ReasonCode::valueOf);
    }

    /** The id of the run; null if there is none. */
    public static @Nullable Long run(ResultSet row) throws SQLException {
        return row.getObject("run_id", Long.class);
    }

    /** The inventory record. */
    public static MdmDevice mdm(ResultSet row) throws SQLException {
        return Json.read(row.getString("record"), MdmDevice.class);
    }

    /** Reads a text column and converts it; null if the column is null. */
    public static <T> @Nullable T optional(ResultSet row, String column, Function<String, T> type) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : type.apply(text);
    }
}
